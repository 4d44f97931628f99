/**
 * The command line: all commands together, and how they fail. Only {@code main} loads it, so it may use all of the JDK,
 * but not {@code boot}, {@code weave} or {@code intercept}, which belong to a running agent; and only {@code main} ends
 * the process.
 */
package io.maintenanceagent.cli;
