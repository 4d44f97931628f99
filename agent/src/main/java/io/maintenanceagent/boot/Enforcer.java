package io.maintenanceagent.boot;

import io.maintenanceagent.config.Settings;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.jvm.NativeText;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.store.EnvironmentVariable;

/**
 * Makes of what the store says, the environment and the settings the state that holds here, and has it enforced. For
 * the thread that follows the store: nothing here waits for anybody, but once for the first policy.
 */
final class Enforcer {

    /**
     * A first state that was enforced without the policy would refuse what the policy lets pass. Longer than a JVM with
     * little processor time takes for a policy.
     */
    private static final long FIRST_POLICY_MILLIS = 5000;

    private final Boolean enable;
    private final String variable;
    private final State environment;
    private final Enforcement enforcement;
    private final PolicyWatch policy;
    private final AgentThreads threads;

    private EffectiveState enforced;
    private volatile boolean fallenBack;

    /**
     * @param settings what decides before and after the store
     * @param enforcement enforces
     * @param policy what has to be there before the first state
     * @param threads are told of changes
     * @param errors where an environment variable is reported that is no state
     */
    Enforcer(
            Settings settings,
            Enforcement enforcement,
            PolicyWatch policy,
            AgentThreads threads,
            ErrorReporter errors) {
        this.enable = settings.enable();
        this.variable = settings.env();
        this.environment = environment(variable, errors);
        this.enforcement = enforcement;
        this.policy = policy;
        this.threads = threads;
    }

    /** @return what decides while the store gives no state, a clause */
    String otherwise() {
        return EffectiveState.of(enable, null, environment).clause(variable, System.currentTimeMillis());
    }

    /** @param stored what the store says, or {@code null} if it says nothing */
    void stored(State stored) {
        policy.awaitFirst(FIRST_POLICY_MILLIS);
        EffectiveState effective = EffectiveState.of(enable, stored, environment);
        fallenBack = false;
        if (!effective.equals(enforced)) {
            enforcement.enforce(effective);
            enforced = effective;
            threads.stateChanged();
        }
    }

    /** Enforces what holds without a store, if no state is known yet. For any thread. */
    void fallBack() {
        if (enforcement.enforceFirst(EffectiveState.of(enable, null, environment))) {
            fallenBack = true;
            threads.stateChanged();
        }
    }

    /** Whether the state is the one that holds without a store, which has not answered yet. For any thread. */
    boolean isFallenBack() {
        return fallenBack;
    }

    /** What the environment says, or {@code null}; read once, since that of a running JVM does not change. */
    private static State environment(String variable, ErrorReporter errors) {
        EnvironmentVariable value = new EnvironmentVariable(variable, NativeText.environment());
        byte[] content = value.read();
        if (content == null || StateParser.isBlank(content)) {
            return null;
        }
        try {
            StateParser.Parsed parsed = StateParser.parse(content);
            for (String warning : parsed.warnings()) {
                errors.report(value.name() + ": " + warning, value.name() + ": " + warning);
            }
            return parsed.state();
        } catch (MalformedContentException e) {
            errors.report(value.name(), value.name() + ": " + e.getMessage() + "; it counts as not set");
            return null;
        }
    }
}
