package io.maintenanceagent.policy;

/**
 * The decision about a request, or about a unit of work: what decided it, and what follows from it. Counts, the
 * response, the marks on an answer that passes and the explanation are chosen by it; nothing is matched a second time.
 *
 * <p>Immutable; safe for any thread. What passes by a rule, or because nothing refuses it, shares one object.
 */
public final class Decision {

    private final DecisionKind kind;
    private final Object reason;
    private final Refusal refusal;
    private final String admittedCookie;
    private final String problem;

    private Decision(DecisionKind kind, Object reason, Refusal refusal, String admittedCookie, String problem) {
        this.kind = kind;
        this.reason = reason;
        this.refusal = refusal;
        this.admittedCookie = admittedCookie;
        this.problem = problem;
    }

    /** A decision that nothing else follows from: a request passes, or a unit of work goes on or is stopped. */
    static Decision of(DecisionKind kind, Object reason) {
        return new Decision(kind, reason, null, null, null);
    }

    /** A request is not let in. */
    static Decision refused(DecisionKind kind, Object reason, Refusal refusal) {
        return new Decision(kind, reason, refusal, null, null);
    }

    /** A client is let in by a share; the cookie keeps it in, {@code null} if it has one. */
    static Decision admitted(Object reason, String cookie) {
        return new Decision(DecisionKind.ADMITTED, reason, null, cookie, null);
    }

    /** The same, with what went wrong on the way; {@code null} for nothing. */
    Decision with(String what) {
        return what == null ? this : new Decision(kind, reason, refusal, admittedCookie, what);
    }

    /** Returns its kind, which has the precedence level. */
    public DecisionKind kind() {
        return kind;
    }

    /** Returns whether what was decided does not reach the application. */
    public boolean isStopped() {
        return kind.isStopped();
    }

    /** Returns what decided it, as an explanation names it: a rule, a preset, a network, a role. No secret is in it. */
    public String reason() {
        return reason.toString();
    }

    /** Returns what becomes of a request that is not let in; {@code null} for one that passes, and for work. */
    public Refusal refusal() {
        return refusal;
    }

    /**
     * Returns the cookie that keeps a client in which a share let in, as the value of {@code Set-Cookie}; {@code null}
     * if there is no share, or the client has its cookie.
     */
    public String admittedCookie() {
        return admittedCookie;
    }

    /** Returns what went wrong while it was made, as a line to report; {@code null} if nothing did. */
    public String problem() {
        return problem;
    }

    /** Returns the last step of an explanation, about a request. */
    @Override
    public String toString() {
        String what = kind == DecisionKind.BYPASS_LINK ? "redirected" : kind.isStopped() ? "refused" : "passes";
        return "level " + kind.level() + ": " + what + ", " + reason;
    }
}
