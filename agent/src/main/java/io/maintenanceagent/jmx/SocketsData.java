package io.maintenanceagent.jmx;

import io.maintenanceagent.inflight.SocketSnapshot;

/** The WebSockets that are open, as JMX shows them. Immutable. */
public final class SocketsData {

    private final int open;
    private final int blocking;
    private final long closed;
    private final String oldest;
    private final long oldestSeconds;

    SocketsData(SocketSnapshot snapshot) {
        open = snapshot.open();
        blocking = snapshot.blocking();
        closed = snapshot.closed();
        oldest = snapshot.oldestPath();
        oldestSeconds = snapshot.oldestSeconds();
    }

    /** Returns how many are open. */
    public int getOpen() {
        return open;
    }

    /** Returns how many of them will be closed in maintenance. */
    public int getBlocking() {
        return blocking;
    }

    /** Returns how many sockets and event streams the agent has closed since the start. */
    public long getClosed() {
        return closed;
    }

    /** Returns the path of the oldest of those that block; {@code null} if there is none. */
    public String getOldest() {
        return oldest;
    }

    /** Returns for how many seconds that has been open. */
    public long getOldestSeconds() {
        return oldestSeconds;
    }
}
