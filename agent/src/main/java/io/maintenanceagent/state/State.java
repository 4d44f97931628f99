package io.maintenanceagent.state;

import java.time.Instant;
import java.util.Objects;

/**
 * What a switch says: whether there is maintenance, when, for which requests, and what to tell those who are refused.
 * Immutable; safe for any thread.
 */
public final class State {

    /** Off, and nothing else said. */
    public static final State OFF = new Builder(false).build();

    /** On, and nothing else said. */
    public static final State ON = new Builder(true).build();

    private final boolean enabled;
    private final String message;
    private final Integer retryAfter;
    private final Instant from;
    private final Instant until;
    private final Scope scope;
    private final String by;
    private final String reason;
    private final Hold hold;
    private final Admit admit;

    private State(Builder builder) {
        this.enabled = builder.enabled;
        this.message = builder.message;
        this.retryAfter = builder.retryAfter;
        this.from = builder.from;
        this.until = builder.until;
        this.scope = builder.scope;
        this.by = builder.by;
        this.reason = builder.reason;
        this.hold = builder.hold;
        this.admit = builder.admit;
    }

    /**
     * Returns the state that says only this.
     *
     * @param enabled whether the switch is on
     */
    public static State of(boolean enabled) {
        return enabled ? ON : OFF;
    }

    /**
     * Tells whether there is maintenance at an instant. The window is looked at anew for each request rather than by a
     * timer, so it opens and closes on time whatever is done to the clock.
     *
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @return whether the switch is on and the instant inside its window: {@code from} included, {@code until} not
     */
    public boolean activeAt(long epochMillis) {
        return enabled
                && (from == null || epochMillis >= millis(from))
                && (until == null || epochMillis < millis(until));
    }

    /**
     * Returns an instant in milliseconds since 1970, rounded up.
     *
     * @param time when a window opens or closes
     */
    public static long millis(Instant time) {
        return time.toEpochMilli() + (time.getNano() % 1_000_000 == 0 ? 0 : 1);
    }

    /**
     * Returns the mode of the maintenance at that instant; {@code null} if there is none.
     *
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public Mode modeAt(long epochMillis) {
        return !activeAt(epochMillis) ? null : scope.readOnly() ? Mode.READ_ONLY : Mode.FULL;
    }

    /**
     * Returns the word for this state at an instant: {@code off}, {@code scheduled}, {@code on}, {@code read-only} or
     * {@code expired}.
     *
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public String wordAt(long epochMillis) {
        if (!enabled) {
            return "off";
        }
        if (activeAt(epochMillis)) {
            return scope.readOnly() ? "read-only" : "on";
        }
        return from != null && epochMillis < millis(from) ? "scheduled" : "expired";
    }

    /**
     * Returns what identifies this maintenance among others, the same on every JVM and after a restart; {@code null} if
     * the state has no times.
     */
    public String window() {
        if (from != null) {
            return "from " + from;
        }
        return until == null ? null : "until " + until;
    }

    /** Returns whether the switch is on; maintenance also takes an open window. */
    public boolean enabled() {
        return enabled;
    }

    /** Returns what to tell those who are refused, or {@code null} for the default. */
    public String message() {
        return message;
    }

    /** Returns how many seconds until a refused client should try again, 0 or more; {@code null} if not said. */
    public Integer retryAfter() {
        return retryAfter;
    }

    /** Returns when maintenance begins, or {@code null} if it has begun. */
    public Instant from() {
        return from;
    }

    /** Returns when maintenance ends by itself, or {@code null} if it does not. */
    public Instant until() {
        return until;
    }

    /** Returns which requests are meant; never {@code null}. */
    public Scope scope() {
        return scope;
    }

    /** Returns who set this state, or {@code null} if not said. */
    public String by() {
        return by;
    }

    /** Returns why this state was set, or {@code null} if not said. */
    public String reason() {
        return reason;
    }

    /** Returns how requests wait for the end, or {@code null} if they do not. */
    public Hold hold() {
        return hold;
    }

    /** Returns which share of clients is let in, or {@code null} if all are refused. */
    public Admit admit() {
        return admit;
    }

    /**
     * Returns how many client positions are let in at an instant, 0 to {@link Admit#ALL}; 0 if no share is.
     *
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public long shareAt(long epochMillis) {
        return admit == null ? 0 : admit.shareAt(this, epochMillis);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof State)) {
            return false;
        }
        State that = (State) other;
        return enabled == that.enabled
                && Objects.equals(message, that.message)
                && Objects.equals(retryAfter, that.retryAfter)
                && Objects.equals(from, that.from)
                && Objects.equals(until, that.until)
                && scope.equals(that.scope)
                && Objects.equals(by, that.by)
                && Objects.equals(reason, that.reason)
                && Objects.equals(hold, that.hold)
                && Objects.equals(admit, that.admit);
    }

    @Override
    public int hashCode() {
        return Objects.hash(enabled, message, retryAfter, from, until, scope, by, reason, hold, admit);
    }

    /** Collects what a state says. Not thread-safe. */
    public static final class Builder {
        private final boolean enabled;
        private String message;
        private Integer retryAfter;
        private Instant from;
        private Instant until;
        private Scope scope = Scope.ALL;
        private String by;
        private String reason;
        private Hold hold;
        private Admit admit;

        /** @param enabled whether the switch is on */
        public Builder(boolean enabled) {
            this.enabled = enabled;
        }

        /** @param state what is said unless it is set anew */
        public Builder(State state) {
            this(state.enabled);
            message = state.message;
            retryAfter = state.retryAfter;
            from = state.from;
            until = state.until;
            scope = state.scope;
            by = state.by;
            reason = state.reason;
            hold = state.hold;
            admit = state.admit;
        }

        /**
         * Sets what to tell those who are refused.
         *
         * @param value what to tell those who are refused, or {@code null}
         */
        public Builder message(String value) {
            this.message = value;
            return this;
        }

        /**
         * Sets how many seconds a refused client should wait before it tries again.
         *
         * @param seconds 0 or more, or {@code null}
         */
        public Builder retryAfter(Integer seconds) {
            this.retryAfter = seconds;
            return this;
        }

        /**
         * Sets when maintenance begins and ends.
         *
         * @param begin when maintenance begins, or {@code null}
         * @param end when it ends, later than it begins, or {@code null}
         */
        public Builder window(Instant begin, Instant end) {
            this.from = begin;
            this.until = end;
            return this;
        }

        /**
         * Sets which requests are meant.
         *
         * @param value which requests are meant
         */
        public Builder scope(Scope value) {
            this.scope = value;
            return this;
        }

        /**
         * Sets who set this state, and why.
         *
         * @param who who sets this state, or {@code null}
         * @param why why, or {@code null}
         */
        public Builder by(String who, String why) {
            this.by = who;
            this.reason = why;
            return this;
        }

        /**
         * Sets how requests wait for the end.
         *
         * @param value how requests wait for the end, or {@code null}
         */
        public Builder hold(Hold value) {
            this.hold = value;
            return this;
        }

        /**
         * Sets which share of clients is let in.
         *
         * @param value which share of clients is let in, or {@code null}
         */
        public Builder admit(Admit value) {
            this.admit = value;
            return this;
        }

        /** Returns the state. */
        public State build() {
            return new State(this);
        }
    }
}
