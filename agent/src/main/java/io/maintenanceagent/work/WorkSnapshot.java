package io.maintenanceagent.work;

import io.maintenanceagent.entrypoint.WorkKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What was in flight of one kind of work at one time, and which of it is the oldest. For one thread. */
public final class WorkSnapshot {

    private final WorkGuard guard;
    private final WorkKind kind;
    private final int held;
    private final long stopped;
    private final long nowNanos = System.nanoTime();
    private final List<Writer> writers = new ArrayList<Writer>();
    private int inFlight;
    private int blocking;
    private String oldest;
    private long oldestNanos;
    private boolean oldestBlocks;

    WorkSnapshot(WorkGuard guard, WorkKind kind, int held, long stopped) {
        this.guard = guard;
        this.kind = kind;
        this.held = held;
        this.stopped = stopped;
    }

    /**
     * Adds a unit that is in flight.
     *
     * @param className the application's class that does it, with dots
     * @param name what people know it by
     * @param begunNanos when it began, as {@link System#nanoTime} tells time
     */
    public void add(String className, String name, long begunNanos) {
        boolean blocks = guard.stops(kind, className);
        inFlight++;
        if (blocks) {
            blocking++;
        }
        boolean older = oldest == null || begunNanos - oldestNanos < 0;
        if (blocks == oldestBlocks && older || blocks && !oldestBlocks) {
            oldest = name;
            oldestNanos = begunNanos;
            oldestBlocks = blocks;
        }
    }

    /**
     * Adds who writes in maintenance, where that is watched.
     *
     * @param more who does most first
     */
    public void addWriters(List<Writer> more) {
        writers.addAll(more);
    }

    /** Returns who writes in maintenance, who does most first; empty where nobody does or nobody looks. */
    public List<Writer> writers() {
        return writers;
    }

    /** Returns the kind. */
    public WorkKind kind() {
        return kind;
    }

    /** Returns how many units are in flight. */
    public int inFlight() {
        return inFlight;
    }

    /** Returns how many of them would be stopped if they began now; the JVM is drained when there are none. */
    public int blocking() {
        return blocking;
    }

    /** Returns how many are held, which have not begun. */
    public int held() {
        return held;
    }

    /** Returns how many were not let begin since the start of the JVM. */
    public long stopped() {
        return stopped;
    }

    /** Returns the oldest of those that block, or of all if none blocks; {@code null} if there is none. */
    public String oldest() {
        return oldest;
    }

    /** Returns how long the oldest has been running, in seconds; 0 if there is none. */
    public long oldestSeconds() {
        return oldest == null ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toSeconds(nowNanos - oldestNanos));
    }
}
