package io.maintenanceagent.boot;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import io.maintenanceagent.audit.AuditLog;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.gate.Gate;
import io.maintenanceagent.instance.InstanceReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateException;
import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.store.EnvironmentStore;
import io.maintenanceagent.store.file.FileStore;
import io.maintenanceagent.store.StateStores;
import io.maintenanceagent.store.StateWatcher;
import io.maintenanceagent.weave.WeavingTransformer;
import java.util.Iterator;

/**
 * What the agent's own thread does: it opens the store, follows it, and has every new state enforced. A daemon, so that
 * it never keeps a JVM alive; the only thread, unless a store has one of its own.
 */
final class AgentLoop implements Runnable {

    private static final String THREAD = "maintenance-agent";

    private final Settings settings;
    private final Gate gate;
    private final WeavingTransformer transformer;
    private final Faults faults;

    private AgentLoop(Settings settings, Gate gate, WeavingTransformer transformer, Faults faults) {
        this.settings = settings;
        this.gate = gate;
        this.transformer = transformer;
        this.faults = faults;
    }

    static void start(Settings settings, Gate gate, WeavingTransformer transformer, Faults faults) {
        Thread thread = new Thread(new AgentLoop(settings, gate, transformer, faults), THREAD);
        thread.setDaemon(true);
        thread.setContextClassLoader(AgentLoop.class.getClassLoader());
        thread.start();
    }

    @Override
    public void run() {
        try {
            StateStore store = open();
            new StateWatcher(store, new Enforcer(store), faults).run();
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
                return new StateStores(new StoreExtensions()).open(settings.store());
            } catch (Exception | LinkageError e) {
                faults.report(
                        "setting store",
                        "setting \"store\" has the bad value \"" + settings.storeName() + "\" and is ignored; allowed: "
                                + e.getMessage());
            }
        }
        return new FileStore(settings.file());
    }

    /** What the environment says, or {@code null}. */
    private State environment() {
        EnvironmentStore store = new EnvironmentStore(settings.env(), System.getenv());
        byte[] content = store.read();
        if (content == null || StateParser.isBlank(content)) {
            return null;
        }
        try {
            return StateParser.parse(content).state();
        } catch (StateException e) {
            faults.report(store.name(), store.name() + ": " + e.getMessage() + "; it counts as not set");
            return null;
        }
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

    /** Makes of what the store says, the environment and the settings the state that holds here. */
    private final class Enforcer implements StateWatcher.Listener {
        private final State environment = environment();
        private final AuditLog audit = new AuditLog(settings.audit(), settings.app(), faults);
        private final InstanceReporter reporter;
        private final PolicyWatch policy;

        private EffectiveState enforced;

        Enforcer(StateStore store) {
            this.reporter = new InstanceReporter(store, settings.app(), faults);
            this.policy = new PolicyWatch(settings, System.getenv(), gate, faults);
            policy.poll(); // before the first state, which must not be enforced without it
        }

        @Override
        public void stored(State stored) {
            EffectiveState effective = EffectiveState.of(settings.enable(), stored, environment);
            if (!effective.equals(enforced)) {
                enforced = effective;
                gate.enforce(effective);
            }
        }

        @Override
        public void polled(boolean reachable) {
            long now = System.currentTimeMillis();
            policy.poll();
            audit.observe(enforced, now);
            // A JVM in which nothing is woven serves no requests, and nobody waits for it.
            if (reachable && transformer.woven() > 0) {
                reporter.tell(enforced, now);
            }
        }
    }
}
