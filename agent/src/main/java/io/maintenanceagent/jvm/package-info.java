/**
 * Asks the JVM and the operating system: the platform's class loader, listening ports, the encoding of file names, the
 * processes of this host. It knows nothing of maintenance.
 */
package io.maintenanceagent.jvm;
