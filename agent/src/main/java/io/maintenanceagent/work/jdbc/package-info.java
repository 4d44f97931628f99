/**
 * Writes by JDBC: which statements write, by whom, in which transaction, and which of them are refused in maintenance.
 * Loaded only where {@code jdbc} is guarded.
 */
package io.maintenanceagent.work.jdbc;
