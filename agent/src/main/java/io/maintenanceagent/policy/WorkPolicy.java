package io.maintenanceagent.policy;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.match.ClassPattern;
import io.maintenanceagent.state.Mode;
import io.maintenanceagent.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a policy says about work that is no request, and the decision about it, by the same precedence levels as that
 * about requests. A state that is limited to some paths, hosts or contexts stops no such work, which has none of them;
 * a state that is ending by a ramp does not either.
 *
 * <p>Immutable; safe for any thread.
 */
public final class WorkPolicy {

    /** Migration tools may write: maintenance is made for them. */
    private static final List<ClassPattern> MIGRATIONS =
            Arrays.asList(ClassPattern.parse("org.flywaydb.**"), ClassPattern.parse("liquibase.**"));

    /** What work is decided to be that nothing stops. */
    public static final Decision NOTHING_STOPS = Decision.of(DecisionKind.NONE, "nothing stops it");

    private static final Decision EXCEPTED = Decision.of(DecisionKind.EXEMPT, "work/except");
    private static final Decision MIGRATION = Decision.of(DecisionKind.EXEMPT, "a migration tool");
    private static final Decision OVERRIDDEN = Decision.of(DecisionKind.OVERRIDE, "a temporary override is active");
    private static final Decision IN_MAINTENANCE = Decision.of(DecisionKind.STATE, "in maintenance");

    /** What is done with a kind of work in maintenance. */
    public enum Treatment {
        /** It does not begin. */
        PAUSE,
        /** It is counted and named. */
        WATCH,
        /** It fails. */
        REFUSE,
        /** Nothing. */
        IGNORE
    }

    /** Without a policy file. */
    static final WorkPolicy DEFAULT = new Builder().build();

    private final Map<WorkKind, Treatment> treatments;
    private final List<ClassPattern> except;
    private final List<WorkRule> rules;
    private final boolean closesSockets;
    private final long graceMillis;

    private WorkPolicy(Builder builder) {
        treatments = builder.treatments;
        except = builder.except;
        rules = builder.rules;
        closesSockets = builder.closesSockets;
        graceMillis = builder.graceMillis;
    }

    /** What a policy file says. For one thread. */
    static final class Builder {
        final Map<WorkKind, Treatment> treatments = new EnumMap<WorkKind, Treatment>(WorkKind.class);
        List<ClassPattern> except = Collections.emptyList();
        final List<WorkRule> rules = new ArrayList<WorkRule>();
        boolean closesSockets;
        long graceMillis;

        Builder() {
            treatments.put(WorkKind.SCHEDULES, Treatment.PAUSE);
            treatments.put(WorkKind.MESSAGES, Treatment.PAUSE);
            treatments.put(WorkKind.JDBC, Treatment.WATCH);
        }

        WorkPolicy build() {
            return new WorkPolicy(this);
        }
    }

    /**
     * Returns what is done with a kind of work that is stopped.
     *
     * @param kind a kind of work
     */
    public Treatment treatment(WorkKind kind) {
        return treatments.get(kind);
    }

    /** Returns whether open WebSockets and event streams are closed in maintenance. */
    public boolean closesSockets() {
        return closesSockets;
    }

    /** Returns how long after the beginning of maintenance they are closed, in milliseconds. */
    public long graceMillis() {
        return graceMillis;
    }

    /** Returns whether a rule may stop work while the state is off. */
    boolean forcesOn() {
        for (WorkRule rule : rules) {
            if (rule.on) {
                return true;
            }
        }
        return false;
    }

    /**
     * Decides a unit of work.
     *
     * @param kind its kind
     * @param className the application's class that does it, with dots
     * @param state the state
     * @param override whether a temporary override is active
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @param explanation gets the step that decides, or {@code null}
     */
    public Decision decide(
            WorkKind kind, String className, State state, boolean override, long epochMillis, Explanation explanation) {
        Decision decision = decide(kind, className, state, override, epochMillis);
        if (explanation != null) {
            explanation.add("level " + decision.kind().level() + ": " + (decision.isStopped() ? "stopped" : "goes on")
                    + ", " + decision.reason());
        }
        return decision;
    }

    private Decision decide(WorkKind kind, String className, State state, boolean override, long epochMillis) {
        Mode mode = override ? Mode.FULL : state.modeAt(epochMillis);
        WorkRule forced = rule(true, kind, className, mode);
        if (forced != null) {
            return forced.decision;
        }
        WorkRule let = rule(false, kind, className, mode);
        if (let != null) {
            return let.decision;
        }
        if (!override && !stops(state, epochMillis)) {
            return NOTHING_STOPS;
        }
        if (treatments.get(kind) == Treatment.IGNORE) {
            return Decision.of(DecisionKind.EXEMPT, "the policy ignores " + kind.guard());
        }
        if (ClassPattern.anyMatches(except, className)) {
            return EXCEPTED;
        }
        if (kind == WorkKind.JDBC && ClassPattern.anyMatches(MIGRATIONS, className)) {
            return MIGRATION;
        }
        return override ? OVERRIDDEN : IN_MAINTENANCE;
    }

    /**
     * Returns whether all units of work of a kind are stopped, whatever class does them.
     *
     * @param kind a kind of work
     * @param state the state
     * @param override whether a temporary override is active
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public boolean stopsAll(WorkKind kind, State state, boolean override, long epochMillis) {
        for (WorkRule rule : rules) {
            if (!rule.on && rule.names(kind)) {
                return false;
            }
        }
        return except.isEmpty()
                && kind != WorkKind.JDBC
                && treatments.get(kind) != Treatment.IGNORE
                && (override || stops(state, epochMillis));
    }

    private static boolean stops(State state, long epochMillis) {
        return state.activeAt(epochMillis)
                && state.scope().isForEverything()
                && (state.admit() == null || !state.admit().ramp());
    }

    private WorkRule rule(boolean on, WorkKind kind, String className, Mode mode) {
        for (int i = 0; i < rules.size(); i++) {
            WorkRule rule = rules.get(i);
            if (rule.on == on && rule.isAbout(kind, className, mode)) {
                return rule;
            }
        }
        return null;
    }
}
