package io.maintenanceagent.boot;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.gate.Gate;
import io.maintenanceagent.instance.Observation;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.store.file.FileStore;
import io.maintenanceagent.store.StateStores;
import io.maintenanceagent.store.StateWatcher;
import io.maintenanceagent.weave.WovenClasses;
import java.util.Iterator;

/**
 * What the agent's own thread does: it opens the store, follows it, and has every new state enforced. A daemon, so that
 * it never keeps a JVM alive; the only thread, unless a store has one of its own.
 */
final class AgentLoop implements Runnable {

    private static final String THREAD = "maintenance-agent";

    private final Settings settings;
    private final Gate gate;
    private final Observation observation;
    private final WovenClasses woven;
    private final Faults faults;

    private AgentLoop(Settings settings, Gate gate, Observation observation, WovenClasses woven, Faults faults) {
        this.settings = settings;
        this.gate = gate;
        this.observation = observation;
        this.woven = woven;
        this.faults = faults;
    }

    static void start(Settings settings, Gate gate, Observation observation, WovenClasses woven, Faults faults) {
        Thread thread = new Thread(new AgentLoop(settings, gate, observation, woven, faults), THREAD);
        thread.setDaemon(true);
        thread.setContextClassLoader(AgentLoop.class.getClassLoader());
        thread.start();
    }

    @Override
    public void run() {
        try {
            Enforcer enforcer = new Enforcer(settings, gate, observation, woven, faults);
            if (settings.enable() != null) {
                enforcer.stored(null); // whatever the store says, if it ever does
            }
            StateStore store = open();
            enforcer.reportTo(store);
            new StateWatcher(store, enforcer, faults).run();
        } catch (Throwable fault) {
            // Requests wait for a first state; they must not wait for one that never comes.
            gate.enforce(EffectiveState.of(settings.enable(), null, null));
            faults.report("agent", "the state cannot be followed (" + fault + "); the application runs without it");
            faults.flush();
        }
    }

    private StateStore open() {
        if (settings.store() != null) {
            try {
                StateStore store = new StateStores(new StoreExtensions()).open(settings.store());
                if (store != null && store.name() != null) {
                    return store;
                }
                throw new IllegalArgumentException("a store with a name; the extension gave none");
            } catch (Throwable e) {
                faults.report(
                        "setting store",
                        "setting \"store\" has the bad value \"" + settings.storeName() + "\" and is ignored; allowed: "
                                + e.getMessage());
            }
        }
        return new FileStore(settings.file());
    }

    /** Found when a scheme is asked for that is not the agent's own. */
    private final class StoreExtensions implements Iterable<StateStoreFactory> {
        @Override
        public Iterator<StateStoreFactory> iterator() {
            return new Extensions(settings.extensions(), faults)
                    .load(StateStoreFactory.class)
                    .iterator();
        }
    }
}
