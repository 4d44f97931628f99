/**
 * Who this JVM is, and what it reports: instance reports to the store, and system properties to a process that
 * attaches. It reads what is enforced and what is in flight, and changes neither.
 */
package io.maintenanceagent.instance;
