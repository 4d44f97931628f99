package io.maintenanceagent.cli;

import io.maintenanceagent.state.State;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    private final Console console;

    @Mixin
    private final AuthorOptions author;

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final StoreOptions where;

    OffCommand(Console console) {
        this.console = console;
        this.author = new AuthorOptions(console);
        this.where = new StoreOptions(console);
    }

    @Override
    public Integer call() throws Exception {
        State off = new State.Builder(false).by(author.by(), author.reason()).build();
        return new ChangeCommand(console, where, off, wait.limit(), force.isGiven(), json.isWanted()).make();
    }
}
