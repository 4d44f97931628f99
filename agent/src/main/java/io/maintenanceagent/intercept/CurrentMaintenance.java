package io.maintenanceagent.intercept;

import io.maintenanceagent.state.State;

/** Which maintenance is enforced: when it began, and what tells it from another. For one thread at a time. */
final class CurrentMaintenance {

    /** How much later than a state says that it begins it may be seen, so that its requests wait as long as ever. */
    private static final long CLOCK_MILLIS = 5000;

    private State state; // null while none is enforced
    private long enabledMillis;
    private long beganMillis;
    private String window;

    /** Forgets it. */
    void ends() {
        state = null;
    }

    /**
     * Records that a state is enforced from now on.
     *
     * @param next the state
     * @param nowMillis the wall clock, in milliseconds since 1970
     */
    void becomes(State next, long nowMillis) {
        if (state == null || state.enabled() != next.enabled()) {
            enabledMillis = nowMillis;
        }
        boolean goesOn = state != null && state.activeAt(nowMillis) && next.activeAt(nowMillis);
        if (!goesOn || state.admit() != null) { // a share was the end of the one before
            beganMillis = began(next, nowMillis);
        }
        boolean isItsEnd = goesOn && next.admit() != null && next.admit().ramp();
        if (!isItsEnd) {
            window = next.window() == null ? "since " + enabledMillis : next.window();
        }
        state = next;
    }

    /**
     * When the maintenance of a state began that is seen now: by its own word, unless it is seen a little later only,
     * as where clocks differ.
     */
    private static long began(State state, long nowMillis) {
        if (state.from() == null) {
            return nowMillis;
        }
        long from = State.millis(state.from());
        return Math.max(from, Math.min(nowMillis, from + CLOCK_MILLIS));
    }

    /** Returns when it began, in milliseconds since 1970. */
    long beganMillis() {
        return beganMillis;
    }

    /**
     * Returns what identifies it: the same on every JVM and after a restart if the state has a time in it, and
     * otherwise this JVM's own. A ramp at its end is a part of it.
     */
    String window() {
        return window;
    }
}
