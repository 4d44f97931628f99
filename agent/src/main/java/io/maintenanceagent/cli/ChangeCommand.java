package io.maintenanceagent.cli;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** What {@code on} and {@code off} have in common: a state is written, perhaps waited for, and told. For one thread. */
final class ChangeCommand {

    private final Console console;
    private final StoreOptions where;
    private final State state;
    private final Duration limit;
    private final boolean force;
    private final boolean json;

    /**
     * @param console who is told
     * @param where the store
     * @param state what to write
     * @param limit how long to wait for instances, or {@code null}
     * @param force whether what is there may be something else than a state
     * @param json whether a program is told
     */
    ChangeCommand(Console console, StoreOptions where, State state, Duration limit, boolean force, boolean json) {
        this.console = console;
        this.where = where;
        this.state = state;
        this.limit = limit;
        this.force = force;
        this.json = json;
    }

    int make() throws UsageException, CommandFailedException, InterruptedException {
        try (StateStore opened = where.openToWrite()) {
            StateSwitch store = new StateSwitch(opened);
            boolean knew = limit != null && InstanceWait.knowsInstances(store);
            StoreContent before = store.write(state, force);
            List<InstanceProgress> instances = Collections.emptyList();
            if (!json) {
                console.say(StateDescription.of(state, Instant.now()) + ", in " + store.name());
                if (state.enabled() && wasOn(before)) {
                    console.say("It was on already, by " + Terminal.clean(before.author()) + "; this replaces it");
                }
            }
            if (limit != null) {
                WaitDisplay view = json ? WaitDisplay.silent() : WaitDisplay.on(console.out(), "");
                instances = new InstanceWait(store, state, limit, knew, view).await();
                if (!json) {
                    console.say(StateDescription.waited(state, instances.size(), Instant.now()));
                }
            }
            if (json) {
                console.say(json(store, before, instances));
            }
            return Cli.DONE;
        }
    }

    private static boolean wasOn(StoreContent before) {
        return before.state() != null && before.state().activeAt(System.currentTimeMillis());
    }

    private String json(StateSwitch store, StoreContent before, List<InstanceProgress> instances) {
        return JsonWriter.object(out -> {
            out.writeStringField("store", store.name());
            out.writeFieldName("state");
            StateWriter.write(state, out);
            if (before.state() != null) {
                out.writeFieldName("before");
                StateWriter.write(before.state(), out);
            }
            if (limit != null) {
                StatusText.instances(out, instances);
            }
        });
    }
}
