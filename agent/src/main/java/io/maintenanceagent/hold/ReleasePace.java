package io.maintenanceagent.hold;

import java.util.concurrent.TimeUnit;

/**
 * How fast held requests go on at the end of maintenance: one a millisecond, and faster where more than a thousand
 * wait, so that the last one has gone on after a second. For one thread.
 */
final class ReleasePace {

    /** Between two requests, at the most. */
    static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** For all of them, at the most. */
    static final long WHOLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long beganNanos;
    private final long betweenNanos;
    private int released;

    /**
     * @param waiting how many wait when the first one goes on
     * @param nowNanos when, as {@link System#nanoTime} tells time
     */
    ReleasePace(int waiting, long nowNanos) {
        beganNanos = nowNanos;
        betweenNanos = Math.min(LONGEST_NANOS, WHOLE_NANOS / Math.max(1, waiting));
    }

    /** Returns for how many nanoseconds the next one waits still; 0 or less if it is its turn. */
    long untilNext(long nowNanos) {
        return beganNanos + released * betweenNanos - nowNanos;
    }

    /** Records that one has gone on. */
    void released() {
        released++;
    }
}
