package io.maintenanceagent.boot;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.audit.AuditLog;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.gate.Gate;
import io.maintenanceagent.instance.Instance;
import io.maintenanceagent.instance.InstanceReporter;
import io.maintenanceagent.instance.InstanceStatus;
import io.maintenanceagent.instance.Observation;
import io.maintenanceagent.instance.Presence;
import io.maintenanceagent.jmx.Management;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateException;
import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.store.EnvironmentStore;
import io.maintenanceagent.store.StateWatcher;
import io.maintenanceagent.store.file.FileStore;
import io.maintenanceagent.weave.WovenClasses;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Makes of what the store says, the environment and the settings the state that holds here, has it enforced, and tells
 * the audit and the store so. For the agent's own thread.
 */
final class Enforcer implements StateWatcher.Listener {

    /** How often it is looked at what runs here, at the most. */
    private static final long OBSERVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Settings settings;
    private final Gate gate;
    private final Observation observation;
    private final WovenClasses woven;
    private final Presence presence;
    private final Faults faults;
    private final State environment;
    private final AuditLog audit;
    private final PolicyWatch policy;
    private final NothingWoven nothingWoven;

    private StateStore store;
    private InstanceReporter reporter; // null until something is woven
    private Management management;
    private EffectiveState enforced;
    private EffectiveState inForce; // as far as it was audited
    private long observedNanos = System.nanoTime() - OBSERVE_NANOS;

    Enforcer(
            Settings settings,
            Gate gate,
            Observation observation,
            WovenClasses woven,
            Presence presence,
            Faults faults) {
        this.settings = settings;
        this.gate = gate;
        this.observation = observation;
        this.woven = woven;
        this.presence = presence;
        this.faults = faults;
        this.environment = environment();
        this.audit = new AuditLog(settings.audit(), settings.app(), faults);
        this.policy = new PolicyWatch(settings, System.getenv(), gate, faults);
        this.nothingWoven = new NothingWoven(woven, faults);
        policy.poll(); // before the first state, which must not be enforced without it
    }

    /** Says where this JVM tells that it is there. */
    void reportTo(StateStore reports) {
        store = reports;
    }

    @Override
    public void stored(State stored) {
        EffectiveState effective = EffectiveState.of(settings.enable(), stored, environment);
        if (!effective.equals(enforced)) {
            gate.enforce(effective);
            enforced = effective;
            show();
        }
    }

    @Override
    public void polled(boolean reachable) {
        policy.poll();
        if (store instanceof FileStore) {
            ((FileStore) store).awaitAlso(policy.files());
        }
        if (enforced == null) {
            return; // the first state could not be enforced, which was reported
        }
        audit();
        long now = System.nanoTime();
        observation.tick();
        nothingWoven.look();
        if (now - observedNanos >= OBSERVE_NANOS) {
            observedNanos = now;
            show();
            // A JVM in which nothing is woven serves no requests, and nobody waits for it.
            if (woven.count() > 0) {
                tell(reachable);
            }
        }
    }

    /** Each change, and then the windows that have opened or closed since. */
    private void audit() {
        for (Gate.Change change = gate.nextChange(); change != null; change = gate.nextChange()) {
            inForce = change.inForce();
            audit.observe(inForce, change.epochMillis());
        }
        audit.observe(inForce, System.currentTimeMillis());
    }

    private void show() {
        String word = enforced.state().wordAt(System.currentTimeMillis());
        presence.show(gate.isOverridden() ? "on" : word, woven.count());
    }

    private void tell(boolean reachable) {
        if (reporter == null) {
            Instance self = Instance.self(settings.app());
            reporter = new InstanceReporter(store, self, faults);
            management = new Management(observation, gate.override(), self, new WovenCount(), faults);
        }
        InstanceStatus status = observation.status();
        management.observed(status);
        if (reachable) {
            reporter.tell(status, observation.counts(), woven.count());
        } else {
            reporter.unreachable();
        }
    }

    /** The agent leaves this JVM: nothing is enforced any more, and nobody is to think so. */
    void leave() {
        if (management != null) {
            management.close();
        }
        if (reporter != null) {
            reporter.leave();
        }
        if (enforced != null) {
            audit();
            audit.observe(EffectiveState.of(null, null, null), System.currentTimeMillis());
        }
    }

    private final class WovenCount implements IntSupplier {
        @Override
        public int getAsInt() {
            return woven.count();
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
