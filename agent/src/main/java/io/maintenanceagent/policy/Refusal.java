package io.maintenanceagent.policy;

import io.maintenanceagent.state.Hold;

/** What becomes of a request that is not let in: whether it waits, and how it is answered. Immutable. */
public final class Refusal {

    /** Whose message and times the response shows. */
    public enum Notice {
        /** The state's, which refuses the request. */
        STATE,
        /** The temporary override's. */
        OVERRIDE,
        /** The policy's: a rule refuses what the state says nothing about. */
        POLICY
    }

    private final Notice notice;
    private final int responseRule;
    private final Hold hold;
    private final long holdEndMillis;
    private final long turnMillis;
    private final BypassLink link;
    private final long epochMillis;

    Refusal(
            Notice notice,
            int responseRule,
            Hold hold,
            long holdEndMillis,
            long turnMillis,
            BypassLink link,
            long epochMillis) {
        this.notice = notice;
        this.responseRule = responseRule;
        this.hold = hold;
        this.holdEndMillis = holdEndMillis;
        this.turnMillis = turnMillis;
        this.link = link;
        this.epochMillis = epochMillis;
    }

    /** Returns whose message and times the response shows. */
    public Notice notice() {
        return notice;
    }

    /**
     * Returns the position among {@link Policy#ruleResponses} of the response settings: those of the first rule that
     * has some and matches the request, whether it forces maintenance on or off; -1 for the policy's.
     */
    public int responseRule() {
        return responseRule;
    }

    /** Returns how requests wait for the end of maintenance; {@code null} where this one is refused at once. */
    public Hold hold() {
        return hold;
    }

    /** Returns until when it waits, in milliseconds since 1970; means nothing without {@link #hold}. */
    public long holdEndMillis() {
        return holdEndMillis;
    }

    /**
     * Returns when a growing share lets the client in, in milliseconds since 1970; {@link Long#MAX_VALUE} where the
     * share does not grow or the client is not known; 0 where there is no share.
     */
    public long turnMillis() {
        return turnMillis;
    }

    /** Returns the redirection of a bypass link; {@code null} for other requests. */
    public BypassLink link() {
        return link;
    }

    /** Returns when it was decided, in milliseconds since 1970. */
    public long epochMillis() {
        return epochMillis;
    }
}
