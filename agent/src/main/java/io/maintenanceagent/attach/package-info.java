/**
 * Finds the JVMs of this machine and loads the agent into them. Only the command line uses it, so it may use
 * {@code java.nio.file} and the attach API. On Linux it checks first, without touching the JVM, whether it will answer:
 * a failed attach may print into the application's log.
 */
package io.maintenanceagent.attach;
