package io.maintenanceagent.boot;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.audit.AuditLog;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.gate.Gate;
import io.maintenanceagent.instance.InstanceReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateException;
import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.store.EnvironmentStore;
import io.maintenanceagent.store.StateWatcher;
import io.maintenanceagent.weave.WeavingTransformer;

/**
 * Makes of what the store says, the environment and the settings the state that holds here, has it enforced, and tells
 * the audit and the store so. For the agent's own thread.
 */
final class Enforcer implements StateWatcher.Listener {

    private final Settings settings;
    private final Gate gate;
    private final WeavingTransformer transformer;
    private final Faults faults;
    private final State environment;
    private final AuditLog audit;
    private final PolicyWatch policy;

    private InstanceReporter reporter;
    private EffectiveState enforced;

    Enforcer(Settings settings, Gate gate, WeavingTransformer transformer, Faults faults) {
        this.settings = settings;
        this.gate = gate;
        this.transformer = transformer;
        this.faults = faults;
        this.environment = environment();
        this.audit = new AuditLog(settings.audit(), settings.app(), faults);
        this.policy = new PolicyWatch(settings, System.getenv(), gate, faults);
        policy.poll(); // before the first state, which must not be enforced without it
    }

    /** Says where this JVM tells that it is there. */
    void reportTo(StateStore store) {
        reporter = new InstanceReporter(store, settings.app(), faults);
    }

    @Override
    public void stored(State stored) {
        EffectiveState effective = EffectiveState.of(settings.enable(), stored, environment);
        if (!effective.equals(enforced)) {
            gate.enforce(effective);
            enforced = effective;
        }
    }

    @Override
    public void polled(boolean reachable) {
        policy.poll();
        if (enforced == null) {
            return; // the first state could not be enforced, which was reported
        }
        long now = System.currentTimeMillis();
        audit.observe(enforced, now);
        // A JVM in which nothing is woven serves no requests, and nobody waits for it.
        if (reachable && transformer.woven() > 0) {
            reporter.tell(enforced, now);
        }
    }

    /** What the environment says, or {@code null}; read once, since that of a running JVM does not change. */
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
}
