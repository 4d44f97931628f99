package io.maintenanceagent.cli.command;

import picocli.CommandLine.Option;

/** The option to print JSON. */
final class JsonOption {

    @Option(names = "--json", order = 30, description = "Tell it in JSON, as one line.")
    private boolean json;

    boolean isWanted() {
        return json;
    }
}
