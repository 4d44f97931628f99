package io.maintenanceagent.store.redis;

import java.util.concurrent.TimeUnit;

/**
 * Tells a key that was deleted from a key that was lost with a server's memory.
 *
 * <p>A server has a new run id after each restart. A key that was there in one run, and is not in another, was lost
 * (unless its time to live has run out meanwhile), until it is written again. The same holds when another server has
 * taken over behind the same name: a replica has the key, a server without it does not know what was decided. The first
 * server is believed again when it is back. A server that does not tell its run id is always believed.
 *
 * <p>Not safe for threads.
 */
final class KeyHistory {

    private boolean seen;
    private String seenInRun;
    private boolean expires;
    private long expiryNanos;

    /**
     * The key is there.
     *
     * @param run the server's run id, or {@code null} if it is not known
     * @param ttlMillis the key's time to live, in milliseconds; negative for ever
     * @param nowNanos the time, as {@link System#nanoTime} tells it
     */
    void present(String run, long ttlMillis, long nowNanos) {
        seen = true;
        seenInRun = run;
        expires = ttlMillis >= 0;
        expiryNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(ttlMillis);
    }

    /**
     * The key is not there.
     *
     * @param run the server's run id, or {@code null} if it is not known
     * @param nowNanos the time, as {@link System#nanoTime} tells it
     * @return whether the key was lost, so that its absence decides nothing
     */
    boolean isLost(String run, long nowNanos) {
        boolean expired = expires && nowNanos - expiryNanos >= 0;
        boolean otherRun = seenInRun != null && run != null && !seenInRun.equals(run);
        seen = seen && otherRun && !expired;
        return seen;
    }
}
