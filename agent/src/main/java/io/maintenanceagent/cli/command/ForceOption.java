package io.maintenanceagent.cli.command;

import picocli.CommandLine.Option;

/** The option to overwrite a content that is no state. */
final class ForceOption {

    @Option(names = "--force", order = 21, description = "Overwrite a file or key that holds no state.")
    private boolean force;

    boolean isGiven() {
        return force;
    }
}
