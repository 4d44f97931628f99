/**
 * Writes a line of JSON for each change of the enforced state to a file. It is told what is enforced; it reads no store
 * and decides nothing.
 */
package io.maintenanceagent.audit;
