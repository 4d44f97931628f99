/**
 * What every command reads and writes: the terminal with its colours and width, tables and times for people, JSON for
 * programs, the arguments as they were typed, and how a command ends. Knows no command and no store.
 */
package io.maintenanceagent.cli.terminal;
