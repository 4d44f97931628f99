package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.redis.RedisProblem.WrongServer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Whether a server's word about the key counts, after what was read before.
 *
 * <ul>
 *   <li>A replica's word does not count: it may be behind.
 *   <li>A master's neither, once another server was read that goes on from its history: it was deposed.
 *   <li>A promoted replica may lack the last change, if its predecessor failed before it had handed it on. What it has
 *       instead does not count until somebody writes again.
 *   <li>A key that was there, and is not there on a server with another history, was lost with a server's memory. That
 *       decides nothing until somebody writes it again, unless its time to live has run out.
 * </ul>
 *
 * A server that tells nothing of itself is believed. Pure; not safe for threads.
 */
final class ReadingHistory {

    static final String LOST = "has lost the key in a restart, or is another server now; write the key again";

    static final String TAKEN_BACK =
            "has lost the last change of the key in a fail-over, and says what was there before; write the key again";

    static final String REPLICA = "is a replica, which may be behind, and is not believed; name the master";

    static final String DEPOSED = "is a master that was deposed by another one, and is not believed";

    private static final int MAX_DEPOSED = 100;

    private ReplicationInfo server;
    private byte[] content;
    private boolean expires;
    private long expiryNanos;

    /** The last change was written at this offset of the server's history, or before. */
    private long changeOffset;

    private byte[] refused;
    private String refusedHistory;

    private final Set<String> deposed = Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_DEPOSED;
        }
    });

    /**
     * Returns whether a content is the one that was believed last, so that it may be believed from a server that was
     * checked before.
     *
     * @param now the content; {@code null} for no key
     */
    boolean isLast(byte[] now) {
        return server != null && Arrays.equals(now, content);
    }

    /**
     * Checks that a server is a master that nobody has deposed, as far as it is known.
     *
     * @param info what the server tells of itself
     * @throws WrongServer if it is not
     */
    void check(ReplicationInfo info) throws WrongServer {
        if (info.isReplica()) {
            throw new WrongServer(REPLICA);
        }
        if (deposed.contains(info.history())) {
            throw new WrongServer(DEPOSED);
        }
    }

    /**
     * Takes note of a content, unless it does not count.
     *
     * @param now the content; {@code null} for no key
     * @param ttlMillis the key's time to live, in milliseconds; negative for ever
     * @param info what the server tells of itself, asked for after the content
     * @param announced whether a write was announced since the last call
     * @param nowNanos the time, as {@link System#nanoTime} tells it
     * @throws RedisProblem if it does not count
     */
    void believe(byte[] now, long ttlMillis, ReplicationInfo info, boolean announced, long nowNanos)
            throws RedisProblem {
        check(info);
        boolean first = server == null;
        boolean same = first || isSameHistory(info);
        boolean successor =
                !same && info.earlierHistory() != null && info.earlierHistory().equals(server.history());
        boolean complete = successor && info.reaches(changeOffset);
        boolean changed = first || !Arrays.equals(now, content);
        if (!same && changed && !(now == null && isExpired(nowNanos))) {
            if (successor && !complete && !isWrittenSince(now, info, announced)) {
                deposed.add(server.history());
                refused = now;
                refusedHistory = info.history();
                throw new RedisProblem(TAKEN_BACK);
            }
            if (!successor && now == null && isKnownToBeOther(info)) {
                throw new RedisProblem(LOST);
            }
        }
        if (successor) {
            deposed.add(server.history());
        }
        if (changed || !same && !complete) {
            changeOffset = info.offset();
        }
        server = info;
        content = now;
        refusedHistory = null;
        expires(ttlMillis, nowNanos);
    }

    /**
     * Takes note of the time to live of the content that was believed last.
     *
     * @param ttlMillis the key's time to live, in milliseconds; negative for ever
     * @param nowNanos the time, as {@link System#nanoTime} tells it
     */
    void expires(long ttlMillis, long nowNanos) {
        expires = ttlMillis >= 0;
        expiryNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(ttlMillis);
    }

    /** An id that a server has given up because it had no replica for long does not make it another server. */
    private boolean isSameHistory(ReplicationInfo info) {
        boolean sameRun = info.run() != null && info.run().equals(server.run());
        return info.history() != null && info.history().equals(server.history())
                || sameRun && info.earlierHistory() == null;
    }

    private boolean isWrittenSince(byte[] now, ReplicationInfo info, boolean announced) {
        return refusedHistory != null
                && refusedHistory.equals(info.history())
                && (announced || !Arrays.equals(now, refused));
    }

    private boolean isKnownToBeOther(ReplicationInfo info) {
        return content != null
                && info.run() != null
                && server.run() != null
                && !info.run().equals(server.run());
    }

    private boolean isExpired(long nowNanos) {
        return expires && nowNanos - expiryNanos >= 0;
    }
}
