package io.maintenanceagent.inflight;

import io.maintenanceagent.api.RequestView;
import java.util.concurrent.TimeUnit;

/** How many requests were in flight at one time, and which of them is the oldest. For one thread. */
public final class InFlightSnapshot {

    private final long nowNanos;
    private final int preAttach;
    private int sync;
    private int async;
    private int exempt;
    private int blocking;
    private InFlightRequest oldest;
    private boolean oldestBlocks;

    InFlightSnapshot(long nowNanos, int preAttach) {
        this.nowNanos = nowNanos;
        this.preAttach = preAttach;
    }

    void add(InFlightRequest running, boolean isExempt, boolean isBlocking) {
        if (running.isAsync()) {
            async++;
        } else {
            sync++;
        }
        if (isExempt) {
            exempt++;
        }
        if (isBlocking) {
            blocking++;
        }
        boolean older = oldest == null || running.begunNanos() - oldest.begunNanos() < 0;
        // The oldest that blocks is what an operator waits for.
        if (isBlocking == oldestBlocks && older || isBlocking && !oldestBlocks) {
            oldest = running;
            oldestBlocks = isBlocking;
        }
    }

    /** Returns those on a thread, in their outermost entry. */
    public int sync() {
        return sync;
    }

    /** Returns those between {@code startAsync} and completion. */
    public int async() {
        return async;
    }

    /** Returns those that began before the agent was attached, of which nothing else is known. */
    public int preAttach() {
        return preAttach;
    }

    /** Returns all of them. */
    public int total() {
        return sync + async + preAttach;
    }

    /** Returns how many of the known ones were let in for a reason that holds in maintenance. */
    public int exempt() {
        return exempt;
    }

    /** Returns how many would be refused if they began now; the JVM is drained when there are none. */
    public int blocking() {
        return blocking + preAttach;
    }

    /** Returns the oldest of those that block, or of all if none blocks; {@code null} if there is none. */
    public RequestView oldest() {
        return oldest == null ? null : oldest.request();
    }

    /** Returns how long the oldest has been running, in seconds, to a second or so; 0 if there is none. */
    public long oldestSeconds() {
        return oldest == null ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toSeconds(nowNanos - oldest.begunNanos()));
    }
}
