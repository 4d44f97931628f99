/**
 * What a state says, how it is read and written as JSON, and which of several sources decides. Pure: no files, no
 * network.
 */
package io.maintenanceagent.state;
