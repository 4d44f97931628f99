package io.maintenanceagent.cli.command;

import io.maintenanceagent.cli.state.Author;
import io.maintenanceagent.cli.terminal.Console;
import picocli.CommandLine.Option;

/** The options for who changes the state, and why. */
final class AuthorOptions {

    @Option(
            names = "--reason",
            paramLabel = "R",
            order = 10,
            description = "Why, for colleagues; visitors do not see it.")
    private String reason;

    @Option(
            names = "--by",
            paramLabel = "WHO",
            order = 11,
            description = "Who does it (default: user@host, the user behind sudo).")
    private String by;

    private final Console console;

    AuthorOptions(Console console) {
        this.console = console;
    }

    /** The author: the one who is named, else the user of this process. */
    String by() {
        return by == null ? Author.of(console.environment()) : by;
    }

    /** Why, or {@code null}. */
    String reason() {
        return reason;
    }
}
