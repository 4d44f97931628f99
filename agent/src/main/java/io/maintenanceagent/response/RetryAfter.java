package io.maintenanceagent.response;

import io.maintenanceagent.state.State;
import java.util.concurrent.ThreadLocalRandom;

/** When refused clients should come back: {@code Retry-After} in seconds (RFC 9110 section 10.2.3). Immutable. */
final class RetryAfter {

    private static final int DEFAULT = 3600;

    private final int seconds;
    private final long untilMillis;
    private final double jitter;

    private RetryAfter(int seconds, long untilMillis, double jitter) {
        this.seconds = seconds;
        this.untilMillis = untilMillis;
        this.jitter = jitter;
    }

    static RetryAfter of(State state, ResponseSettings settings) {
        Integer said = state.retryAfter() == null ? settings.retryAfter() : state.retryAfter();
        return new RetryAfter(
                said == null ? DEFAULT : Math.max(1, said),
                state.until() == null ? Long.MAX_VALUE : state.until().toEpochMilli(),
                settings.jitter());
    }

    /**
     * Returns whole seconds, rounded up, at least 1, plus up to {@code jitter} times as much more, so that not all come
     * at once.
     */
    int at(long epochMillis) {
        return at(epochMillis, untilMillis);
    }

    /** The same for a client that is let in at another time; {@link Long#MAX_VALUE} if that is not known. */
    int at(long epochMillis, long turnMillis) {
        long base = seconds;
        long end = Math.min(turnMillis, untilMillis);
        if (end != Long.MAX_VALUE) {
            base = Math.max(1, (end - epochMillis + 999) / 1000);
        }
        if (jitter > 0) {
            // Inclusive, so that every whole second of the spread is as likely as any other.
            base += ThreadLocalRandom.current().nextLong((long) (base * jitter) + 1);
        }
        return (int) Math.min(Integer.MAX_VALUE, base);
    }
}
