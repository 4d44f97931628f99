package io.maintenanceagent.store.redis;

import java.io.IOException;

/** A server's reply about a key. Immutable. */
final class StoredValue {

    private static final long NO_KEY = -2;

    private final byte[] value;
    private final long ttlMillis;
    private final String run;

    /**
     * @param value the answer to GETRANGE; empty if there is no key
     * @param ttlMillis the answer to PTTL behind it, in milliseconds: -1 for ever, -2 if there is no key
     * @param run the server's run id, or {@code null} if it is not known
     */
    StoredValue(byte[] value, long ttlMillis, String run) {
        this.value = value;
        this.ttlMillis = ttlMillis;
        this.run = run;
    }

    /**
     * Returns the value, or {@code null} if there is none.
     *
     * @param history what was read before
     * @throws IOException if it was lost
     */
    byte[] content(KeyHistory history) throws IOException {
        long now = System.nanoTime();
        if (ttlMillis != NO_KEY) {
            history.present(run, ttlMillis, now);
            return value;
        }
        if (history.isLost(run, now)) {
            throw new IOException("has lost the key in a restart, or is another server now; write the key again");
        }
        return null;
    }
}
