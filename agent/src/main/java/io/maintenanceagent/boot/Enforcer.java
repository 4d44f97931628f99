package io.maintenanceagent.boot;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.audit.AuditLog;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.instance.InstanceIdentity;
import io.maintenanceagent.instance.InstanceReporter;
import io.maintenanceagent.instance.InstanceStatus;
import io.maintenanceagent.instance.StatusCollector;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.jmx.MBeanRegistration;
import io.maintenanceagent.jvm.NativeText;
import io.maintenanceagent.report.ErrorReporter;
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
    private final Enforcement enforcement;
    private final StatusCollector statusCollector;
    private final WovenClasses woven;
    private final AgentProperties agentProperties;
    private final ErrorReporter errors;
    private final State environment;
    private final AuditLog audit;
    private final PolicyWatch policy;
    private final NoServletDetector nothingWoven;

    private StateStore store;
    private InstanceReporter reporter; // null until something is woven
    private MBeanRegistration management;
    private EffectiveState enforced;
    private EffectiveState inForce; // as far as it was audited
    private long observedNanos = System.nanoTime() - OBSERVE_NANOS;

    Enforcer(
            Settings settings,
            Enforcement enforcement,
            StatusCollector statusCollector,
            WovenClasses woven,
            AgentProperties agentProperties,
            ErrorReporter errors) {
        this.settings = settings;
        this.enforcement = enforcement;
        this.statusCollector = statusCollector;
        this.woven = woven;
        this.agentProperties = agentProperties;
        this.errors = errors;
        this.environment = environment();
        this.audit = new AuditLog(settings.audit(), settings.app(), errors);
        this.policy = new PolicyWatch(settings, NativeText.environment(), enforcement, errors);
        this.nothingWoven = new NoServletDetector(woven, errors);
        policy.poll(); // before the first state, which must not be enforced without it
    }

    /** @return what decides while the store gives no state, a clause */
    String otherwise() {
        return EffectiveState.of(settings.enable(), null, environment)
                .clause(settings.env(), System.currentTimeMillis());
    }

    /** Says where this JVM tells that it is there. */
    void reportTo(StateStore reports) {
        store = reports;
        agentProperties.follows(settings.app(), store.name(), store instanceof FileStore);
    }

    @Override
    public void stored(State stored) {
        EffectiveState effective = EffectiveState.of(settings.enable(), stored, environment);
        if (!effective.equals(enforced)) {
            enforcement.enforce(effective);
            enforced = effective;
            show();
        }
    }

    @Override
    public void polled(boolean reachable) {
        policy.poll();
        if (store instanceof FileStore) {
            ((FileStore) store).awaitAlso(policy.files());
            String notice = ((FileStore) store).takeNotice();
            if (notice != null) {
                String subject = "notice " + store.name();
                errors.resolve(subject); // it has happened again
                errors.report(subject, store.name() + " " + notice);
            }
        }
        if (enforced == null) {
            return; // the first state could not be enforced, which was reported
        }
        audit();
        long now = System.nanoTime();
        statusCollector.tick();
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
        for (Enforcement.Change change = enforcement.nextChange(); change != null; change = enforcement.nextChange()) {
            inForce = change.inForce();
            audit.observe(inForce, change.epochMillis());
        }
        audit.observe(inForce, System.currentTimeMillis());
    }

    private void show() {
        String word = enforced.state().wordAt(System.currentTimeMillis());
        agentProperties.show(enforcement.isOverridden() ? "on" : word, woven.count());
    }

    private void tell(boolean reachable) {
        if (reporter == null) {
            InstanceIdentity self = InstanceIdentity.self(settings.app());
            reporter = new InstanceReporter(store, self, errors);
            management = new MBeanRegistration(statusCollector, enforcement.override(), self, new WovenCount(), errors);
        }
        InstanceStatus status = statusCollector.status();
        management.observed(status);
        if (reachable) {
            reporter.tell(status, statusCollector.counts(), woven.count());
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
        EnvironmentStore store = new EnvironmentStore(settings.env(), NativeText.environment());
        byte[] content = store.read();
        if (content == null || StateParser.isBlank(content)) {
            return null;
        }
        try {
            StateParser.Parsed parsed = StateParser.parse(content);
            for (String warning : parsed.warnings()) {
                errors.report(store.name() + ": " + warning, store.name() + ": " + warning);
            }
            return parsed.state();
        } catch (StateException e) {
            errors.report(store.name(), store.name() + ": " + e.getMessage() + "; it counts as not set");
            return null;
        }
    }
}
