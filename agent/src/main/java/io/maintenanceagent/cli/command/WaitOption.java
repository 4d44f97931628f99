package io.maintenanceagent.cli.command;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The option to wait for instances. */
final class WaitOption {

    static final String DEFAULT = "60s";

    @Option(
            names = "--wait",
            paramLabel = "D",
            arity = "0..1",
            fallbackValue = DEFAULT,
            order = 20,
            description =
                    "Wait until every instance enforces it and, for on, has no request left that came before; 60s at"
                            + " the most unless given. Where maintenance begins later, until all have taken the state.")
    private Duration wait;

    /** How long to wait, or {@code null} for not at all. */
    Duration limit() {
        return wait;
    }
}
