/**
 * Finds the JVMs of this machine and loads the agent into them. Only the command line uses it, so it may use
 * {@code java.nio.file} and the attach API. It never attaches to a JVM before it has checked that the JVM answers,
 * since a failed attach can print into the application's log.
 */
package io.maintenanceagent.attach;
