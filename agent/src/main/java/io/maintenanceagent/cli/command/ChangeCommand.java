package io.maintenanceagent.cli.command;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.cli.state.InstanceProgress;
import io.maintenanceagent.cli.state.InstanceWait;
import io.maintenanceagent.cli.state.StateChange;
import io.maintenanceagent.cli.state.StateDescription;
import io.maintenanceagent.cli.state.StateSwitch;
import io.maintenanceagent.cli.state.StatusText;
import io.maintenanceagent.cli.state.StoreContent;
import io.maintenanceagent.cli.state.WaitDisplay;
import io.maintenanceagent.cli.state.WorkReport;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.ExitCode;
import io.maintenanceagent.cli.terminal.JsonWriter;
import io.maintenanceagent.cli.terminal.Terminal;
import io.maintenanceagent.cli.terminal.UsageException;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * The common part of {@code on} and {@code off}: writes a state, waits for instances if asked to, and prints the
 * result. For one thread.
 */
final class ChangeCommand {

    private static final Duration FIRST_REPORTS = Duration.ofSeconds(2);
    private static final long POLL_MILLIS = 100;

    private final Console console;
    private final StoreOptions where;
    private final StateChange change;
    private final Duration limit;
    private final boolean force;
    private final boolean json;

    /**
     * @param console where the result is printed
     * @param where the store
     * @param change what to write
     * @param limit how long to wait for instances, or {@code null}
     * @param force whether to overwrite a content that is no state
     * @param json whether to print JSON
     */
    ChangeCommand(
            Console console, StoreOptions where, StateChange change, Duration limit, boolean force, boolean json) {
        this.console = console;
        this.where = where;
        this.change = change;
        this.limit = limit;
        this.force = force;
        this.json = json;
    }

    int make() throws UsageException, CommandFailedException, InterruptedException {
        try (StateStore opened = where.openToWrite()) {
            StateSwitch store = new StateSwitch(opened);
            if (limit != null) {
                store.checkListsInstances("leave --wait out");
            }
            boolean knew = limit != null && InstanceWait.knowsInstances(store);
            StoreContent before = store.write(change, force);
            State state = change.after(before.state());
            if (store.lastWriteRisk() != null) {
                console.complain(store.lastWriteRisk());
            }
            if (!json) {
                console.say(StateDescription.of(state, Instant.now()) + ", in " + store.name());
                if (state.enabled() && state.admit() == null && wasOn(before)) {
                    console.say("It was on already, by " + Terminal.clean(before.author()) + "; this replaces it");
                }
                if (change.remark(state) != null) {
                    console.say("Note: " + store.name() + ": " + change.remark(state));
                }
                StateDescription.hints(state).forEach(console::say);
            }
            List<InstanceProgress> instances;
            if (limit != null) {
                WaitDisplay view = json ? WaitDisplay.silent() : WaitDisplay.on(console.out(), "");
                instances = new InstanceWait(store, state, limit, knew, view).await();
                if (!json) {
                    console.say(StateDescription.waited(state, instances.size(), Instant.now()));
                    String unguarded = WorkReport.unguarded(instances);
                    if (unguarded != null) {
                        console.say(unguarded);
                    }
                }
            } else {
                instances = present(store, state, before.content() == null);
            }
            if (json) {
                console.say(json(store, state, before, instances));
            }
            return ExitCode.DONE;
        }
    }

    /** @param isNew whether the store was empty: then instances at a file begin to report only now */
    private List<InstanceProgress> present(StateSwitch store, State state, boolean isNew) throws InterruptedException {
        long start = System.nanoTime();
        List<InstanceProgress> instances;
        try {
            instances = InstanceProgress.all(store, state, true);
            while (isNew
                    && store.listsInstances()
                    && instances.isEmpty()
                    && System.nanoTime() - start < FIRST_REPORTS.toNanos()) {
                Thread.sleep(POLL_MILLIS);
                instances = InstanceProgress.all(store, state, true);
            }
        } catch (CommandFailedException e) {
            console.complain(e.getMessage()); // the state has been written
            return Collections.emptyList();
        }
        if (!json && instances.isEmpty()) {
            String why = store.listsInstances()
                    ? StateDescription.noInstances(store.name())
                    : StateDescription.noRegistry(store.name());
            console.say("Note: " + Terminal.clean(why));
        }
        return instances;
    }

    private static boolean wasOn(StoreContent before) {
        return before.state() != null && before.state().activeAt(System.currentTimeMillis());
    }

    private String json(StateSwitch store, State state, StoreContent before, List<InstanceProgress> instances) {
        return JsonWriter.object(out -> {
            out.writeStringField("store", store.name());
            out.writeFieldName("state");
            StateWriter.write(state, out);
            if (before.state() != null) {
                out.writeFieldName("before");
                StateWriter.write(before.state(), out);
            }
            StatusText.instances(out, instances);
        });
    }
}
