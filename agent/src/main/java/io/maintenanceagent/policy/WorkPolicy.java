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

    /** Returns how long after the begin of maintenance they are closed, in milliseconds. */
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
        Mode mode = override ? Mode.FULL : state.modeAt(epochMillis);
        WorkRule forced = rule(true, kind, className, mode);
        if (forced != null) {
            return decided(Decision.RULE_ON, forced, explanation);
        }
        WorkRule let = rule(false, kind, className, mode);
        if (let != null) {
            return decided(Decision.RULE_OFF, let, explanation);
        }
        if (!override && !stops(state, epochMillis)) {
            return decided(Decision.NONE, "nothing stops it", explanation);
        }
        if (treatments.get(kind) == Treatment.IGNORE) {
            return decided(Decision.EXEMPT, "the policy ignores " + kind.guard(), explanation);
        }
        if (ClassPattern.anyMatches(except, className)) {
            return decided(Decision.EXEMPT, "work/except", explanation);
        }
        if (kind == WorkKind.JDBC && ClassPattern.anyMatches(MIGRATIONS, className)) {
            return decided(Decision.EXEMPT, "a migration tool", explanation);
        }
        return decided(
                override ? Decision.OVERRIDE : Decision.STATE,
                override ? "a temporary override is active" : "in maintenance",
                explanation);
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

    private static Decision decided(Decision decision, Object why, Explanation explanation) {
        if (explanation != null) {
            explanation.add(
                    "level " + decision.level() + ": " + (decision.isStopped() ? "stopped" : "goes on") + ", " + why);
        }
        return decision;
    }
}
