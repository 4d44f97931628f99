package io.maintenanceagent.state;

import java.util.Objects;

/** The state that holds in this JVM, and which source decided it. Immutable; safe for any thread. */
public final class EffectiveState {

    /** Where a state can come from; an earlier source precedes a later one. */
    public enum Source {
        /** A temporary override, by the API or by JMX. */
        OVERRIDE("override"),
        /** The setting {@code enable}. */
        ENABLE("enable"),
        /** The state store. */
        STORE("store"),
        /** The environment variable. */
        ENVIRONMENT("environment"),
        /** No source gives a state. */
        DEFAULT("default");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        /** Returns the source, as it is written for programs. */
        public String word() {
            return word;
        }
    }

    private final State state;
    private final Source source;

    private EffectiveState(State state, Source source) {
        this.state = state;
        this.source = source;
    }

    /**
     * Returns the state that holds.
     *
     * @param enable the setting {@code enable}, or {@code null} if unset
     * @param stored what the store says, or {@code null} if nothing
     * @param environment what the environment variable says, or {@code null} if nothing
     */
    public static EffectiveState of(Boolean enable, State stored, State environment) {
        if (enable != null) {
            return new EffectiveState(State.of(enable), Source.ENABLE);
        }
        if (stored != null) {
            return new EffectiveState(stored, Source.STORE);
        }
        if (environment != null) {
            return new EffectiveState(environment, Source.ENVIRONMENT);
        }
        return new EffectiveState(State.OFF, Source.DEFAULT);
    }

    /**
     * @param state what a temporary override asks for
     * @return that state, which holds whatever the other sources say
     */
    public static EffectiveState overriding(State state) {
        return new EffectiveState(state, Source.OVERRIDE);
    }

    /**
     * Returns which source decides and what it says, as a clause of a message about a store that gives no state.
     *
     * @param variable the name of the environment variable
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public String clause(String variable, long epochMillis) {
        String word = state.wordAt(epochMillis);
        switch (source) {
            case ENABLE:
                return "the setting enable decides: it says " + word;
            case ENVIRONMENT:
                return "the environment variable " + variable + " decides: it says " + word;
            default:
                return "the environment variable " + variable + " decides: it says nothing, so maintenance is " + word;
        }
    }

    /** Returns the state. */
    public State state() {
        return state;
    }

    /** Returns which source gave it. */
    public Source source() {
        return source;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EffectiveState
                && ((EffectiveState) other).source == source
                && ((EffectiveState) other).state.equals(state);
    }

    @Override
    public int hashCode() {
        return Objects.hash(state, source);
    }
}
