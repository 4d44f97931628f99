package io.maintenanceagent.cli.command;

import io.maintenanceagent.cli.state.StateChange;
import io.maintenanceagent.cli.terminal.Console;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code on}: writes a state that turns maintenance on. */
@Command(
        name = "on",
        sortOptions = false,
        header = "Put the applications into maintenance.",
        customSynopsis = "java -jar maintenance-agent.jar on [OPTION]...",
        description = {
            "",
            "Writes the state that every agent at this store follows, in place of what is",
            "there. Requests that are running finish; new ones are answered 503.",
            ""
        },
        footer = {
            "",
            "  on --for 30m --message \"Back soon\"       ends by itself in half an hour",
            "  on --from 22:00 --until 23:30            tonight; 22:00 is the next 22:00",
            "  on --read-only --path '/shop/api/**'     only reading passes there",
            "  on --hold 10s                            for seconds: requests wait for its end",
            "  on --wait=2m && pg_dump shop > shop.sql  goes on when all are drained"
        })
public final class OnCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final StateOptions what;

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final StoreOptions where;

    /** @param console what it writes to */
    public OnCommand(Console console) {
        this.console = console;
        this.what = new StateOptions(console);
        this.where = new StoreOptions(console);
    }

    @Override
    public Integer call() throws Exception {
        Instant now = Instant.now();
        StateChange change = StateChange.continuing(what.state(now), now);
        return new ChangeCommand(console, where, change, wait.limit(), force.isGiven(), json.isWanted()).make();
    }
}
