package io.maintenanceagent.cli;

import picocli.CommandLine.Option;

/** Whether what is no state may be overwritten. */
final class ForceOption {

    @Option(names = "--force", order = 21, description = "Overwrite a file or key that holds no state.")
    private boolean force;

    boolean isGiven() {
        return force;
    }
}
