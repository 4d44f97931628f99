package io.maintenanceagent.work;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.intercept.Enforcement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The units of work of one kind: those in flight, those that are held, and how many were stopped. Safe for any thread.
 */
public final class RunningWork {

    /** How long a held thread waits before it looks at the clock again: the end of a window tells nobody. */
    private static final long LOOK_MILLIS = 100;

    /** Units of work that are counted elsewhere. Safe for any thread. */
    public interface Source {

        /**
         * Adds them.
         *
         * @param snapshot gets each of them
         */
        void addTo(WorkSnapshot snapshot);
    }

    private final Set<WorkUnit> units = ConcurrentHashMap.newKeySet();
    private final List<Source> sources = new CopyOnWriteArrayList<Source>();
    private final AtomicLong stopped = new AtomicLong();
    private final AtomicInteger heldElsewhere = new AtomicInteger();
    private final Deque<Held> held = new ArrayDeque<Held>(); // guarded by itself, the longest first

    void add(WorkUnit unit) {
        units.add(unit);
    }

    void remove(WorkUnit unit) {
        units.remove(unit);
    }

    void addSource(Source source) {
        sources.add(source);
    }

    void countHeld(int more) {
        heldElsewhere.addAndGet(more);
    }

    void countStopped() {
        stopped.incrementAndGet();
    }

    boolean hold(WorkGuard guard, Enforcement enforcement, WorkKind kind, String className, BooleanSupplier wanted) {
        Held mine = new Held();
        synchronized (held) {
            held.add(mine);
        }
        try {
            while (!mine.mayGo(guard.stops(kind, className))) {
                if (!wanted.getAsBoolean()) {
                    return false;
                }
                enforcement.awaitChange(LOOK_MILLIS);
            }
            return wanted.getAsBoolean();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            synchronized (held) {
                held.remove(mine);
            }
        }
    }

    /**
     * Waits until a unit of work is not stopped any more, for a time at most; an interrupted thread goes on at once.
     */
    static void pause(WorkGuard guard, Enforcement enforcement, WorkKind kind, String className, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (guard.stops(kind, className) && end - System.nanoTime() > 0) {
                enforcement.awaitChange(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    WorkSnapshot snapshot(WorkGuard guard, WorkKind kind) {
        int waiting;
        synchronized (held) {
            waiting = held.size() + heldElsewhere.get();
        }
        WorkSnapshot snapshot = new WorkSnapshot(guard, kind, waiting, stopped.get());
        for (WorkUnit unit : units) {
            if (!unit.isIdle() || guard.stops(kind, unit.className())) {
                snapshot.add(unit.className(), unit.name(), unit.begunNanos());
            }
        }
        for (Source source : sources) {
            source.addTo(snapshot);
        }
        return snapshot;
    }

    /** A thread that is held. */
    private final class Held {
        private boolean stopped = true; // guarded by the queue

        /** Whether it may go: it is not stopped any more, and nobody is before it who is not either. */
        boolean mayGo(boolean stillStopped) {
            synchronized (held) {
                stopped = stillStopped;
                if (stopped) {
                    return false;
                }
                for (Held earlier : held) {
                    if (earlier == this) {
                        held.remove(this);
                        return true;
                    }
                    if (!earlier.stopped) {
                        return false;
                    }
                }
                return true;
            }
        }
    }
}
