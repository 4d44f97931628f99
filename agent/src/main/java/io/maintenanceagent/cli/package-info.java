/**
 * The command line: one class for each command, parsed by picocli. Only {@code main} loads it, so it may use all of the
 * JDK, but not {@code boot}, {@code weave} or {@code intercept}, which belong to a running agent. Commands print
 * through {@code Console} and return an exit code; only {@code main} ends the process.
 */
package io.maintenanceagent.cli;
