package io.maintenanceagent.policy;

/** The kinds of decisions, in the order of their precedence levels. */
public enum DecisionKind {
    /** A rule forces maintenance on. */
    RULE_ON(1, true),
    /** A rule forces maintenance off. */
    RULE_OFF(2, false),
    /** A preset, a list or an extension exempts the request. */
    EXEMPT(3, false),
    /** The request has a valid bypass token; its answer is not for caches. */
    BYPASS(3, false),
    /** The request has the bypass secret: it is redirected to the same path without the secret, with a token. */
    BYPASS_LINK(3, true),
    /** A temporary override refuses the request. */
    OVERRIDE(4, true),
    /** The state refuses the request. */
    STATE(5, true),
    /** The state lets in a share of the clients, and the request's is one of them. */
    ADMITTED(5, false),
    /** Nothing serves the request, so the application sends its own 404. */
    UNMAPPED(6, false),
    /** Nothing refuses the request. */
    NONE(6, false);

    private final int level;
    private final boolean stopped;

    DecisionKind(int level, boolean stopped) {
        this.level = level;
        this.stopped = stopped;
    }

    /** Returns the precedence level, from 1. */
    public int level() {
        return level;
    }

    /**
     * Returns whether what is decided passes although something else would refuse it, or may at another time: not by a
     * share.
     */
    public boolean isExempt() {
        return !stopped && this != NONE && this != ADMITTED;
    }

    /** Returns whether what is decided does not reach the application. */
    public boolean isStopped() {
        return stopped;
    }

    /** Returns whether a refusal is of a higher precedence level, or a pass of a lower one; refusals before passes. */
    boolean isStricterThan(DecisionKind other) {
        return stopped == other.stopped ? stopped ? compareTo(other) < 0 : compareTo(other) > 0 : stopped;
    }
}
