package io.maintenanceagent.store.remote;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait after a failure before a server is asked again: longer each time, and random, so that clients do not
 * come together.
 */
public final class Backoff {

    private static final long SHORTEST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 5_000;

    private long limitMillis = SHORTEST_MILLIS;

    /** Returns a random time in the upper half of a limit that doubles at each call, in milliseconds. */
    public long nextMillis() {
        long limit = limitMillis;
        limitMillis = Math.min(2 * limit, LONGEST_MILLIS);
        return ThreadLocalRandom.current().nextLong(limit / 2, limit + 1);
    }

    /** Starts again with the shortest wait: the server has answered. */
    public void reset() {
        limitMillis = SHORTEST_MILLIS;
    }
}
