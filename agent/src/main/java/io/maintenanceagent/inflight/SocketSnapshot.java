package io.maintenanceagent.inflight;

import java.util.concurrent.TimeUnit;

/** How many WebSockets were open at one time, and which of those that are to close is the oldest. For one thread. */
public final class SocketSnapshot {

    private final long nowNanos = System.nanoTime();
    private final long closed;
    private int open;
    private int blocking;
    private OpenSocket oldest;

    /** @param closed how many sockets and event streams the agent has closed since the start */
    public SocketSnapshot(long closed) {
        this.closed = closed;
    }

    /**
     * Adds a socket.
     *
     * @param socket one that is open
     * @param blocks whether its handshake would be refused now
     */
    public void add(OpenSocket socket, boolean blocks) {
        open++;
        if (blocks) {
            blocking++;
            if (oldest == null || socket.openedNanos() - oldest.openedNanos() < 0) {
                oldest = socket;
            }
        }
    }

    /** Returns how many are open. */
    public int open() {
        return open;
    }

    /** Returns how many of them will be closed; the JVM is drained when there are none. */
    public int blocking() {
        return blocking;
    }

    /** Returns how many sockets and event streams the agent has closed since the start. */
    public long closed() {
        return closed;
    }

    /** Returns the path of the oldest that will be closed; {@code null} if there is none. */
    public String oldestPath() {
        return oldest == null ? null : oldest.request().path();
    }

    /** Returns how long it has been open, in seconds; 0 if there is none. */
    public long oldestSeconds() {
        return oldest == null ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toSeconds(nowNanos - oldest.openedNanos()));
    }
}
