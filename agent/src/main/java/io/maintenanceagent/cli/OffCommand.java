package io.maintenanceagent.cli;

import io.maintenanceagent.state.State;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code off}: writes a state that says so. */
@Command(
        name = "off",
        sortOptions = false,
        header = "Take the applications back.",
        customSynopsis = "java -jar maintenance-agent.jar off [OPTION]...",
        description = {
            "",
            "Writes an explicit off, which wins over the environment variable. A JVM whose",
            "own setting enable says otherwise, and rules that force maintenance on, stay.",
            ""
        })
final class OffCommand implements Callable<Integer> {

    @Option(names = "--reason", paramLabel = "R", order = 10, description = "Why, for colleagues.")
    private String reason;

    @Option(names = "--by", paramLabel = "WHO", order = 11, description = "Who does it (default: user@host).")
    private String by;

    @Mixin
    private WaitOption wait;

    @Option(names = "--json", order = 30, description = "Tell it in JSON.")
    private boolean json;

    @Mixin
    private StoreOptions where;

    @Override
    public Integer call() throws Exception {
        State off = new State.Builder(false).by(StateOptions.author(by), reason).build();
        return new ChangeCommand(where, off, wait.limit(), json).make();
    }
}
