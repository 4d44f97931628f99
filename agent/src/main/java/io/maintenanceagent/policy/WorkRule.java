package io.maintenanceagent.policy;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.match.ClassPattern;
import io.maintenanceagent.state.Mode;
import java.util.List;
import java.util.Map;

/** A rule about work that is no request: it names classes for each kind that it is about. Immutable. */
final class WorkRule {

    final boolean on;
    final Decision decision;
    private final String pointer;
    private final Mode mode; // null for any
    private final Map<WorkKind, List<ClassPattern>> classes;

    WorkRule(String pointer, boolean on, Mode mode, Map<WorkKind, List<ClassPattern>> classes) {
        this.pointer = pointer;
        this.on = on;
        this.decision = Decision.of(on ? DecisionKind.RULE_ON : DecisionKind.RULE_OFF, this);
        this.mode = mode;
        this.classes = classes;
    }

    /** Returns whether it matches a unit of work; the mode is that of the maintenance, {@code null} for none. */
    boolean isAbout(WorkKind kind, String className, Mode current) {
        List<ClassPattern> patterns = classes.get(kind);
        return patterns != null && (mode == null || mode == current) && ClassPattern.anyMatches(patterns, className);
    }

    /** Returns whether it names classes for a kind. */
    boolean names(WorkKind kind) {
        return classes.containsKey(kind);
    }

    /** Returns how an explanation names it. */
    @Override
    public String toString() {
        return "rule " + pointer;
    }
}
