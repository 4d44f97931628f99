/**
 * Follows a state store, whatever its kind, and reads the environment variable. An unreadable store leaves the last
 * known state in force, and is reported.
 */
package io.maintenanceagent.store;
