/**
 * One class for each command, and one for each group of options that several have, parsed by picocli. Commands print
 * through {@code Console} and return an exit code.
 */
package io.maintenanceagent.cli.command;
