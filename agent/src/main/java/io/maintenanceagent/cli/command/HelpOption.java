package io.maintenanceagent.cli.command;

import picocli.CommandLine.Option;

/** The option {@code --help} of one command. */
public final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 100,
            description = "Show this help and exit.")
    private boolean help;
}
