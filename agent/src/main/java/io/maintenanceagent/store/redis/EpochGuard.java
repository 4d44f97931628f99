package io.maintenanceagent.store.redis;

import java.util.concurrent.TimeUnit;

/**
 * Tells news from old news by their epochs, which grow with each fail-over. What has a lower epoch than was seen before
 * comes from somebody who has missed a fail-over, and is not believed; unless nothing else is said for so long that the
 * epochs must have begun anew, as when all sentinels or a whole cluster were set up again. Not thread-safe.
 */
final class EpochGuard {

    private static final long NEW_BEGINNING_NANOS = TimeUnit.SECONDS.toNanos(30);

    private long highest = Long.MIN_VALUE;
    private boolean lower;
    private long lowerSinceNanos;

    /**
     * Returns whether what was said in an epoch is believed.
     *
     * @param epoch the epoch
     * @param nowNanos the time, as {@link System#nanoTime} tells it
     */
    boolean isNews(long epoch, long nowNanos) {
        if (epoch < highest) {
            if (!lower) {
                lower = true;
                lowerSinceNanos = nowNanos;
            }
            if (nowNanos - lowerSinceNanos < NEW_BEGINNING_NANOS) {
                return false;
            }
        }
        highest = epoch;
        lower = false;
        return true;
    }
}
