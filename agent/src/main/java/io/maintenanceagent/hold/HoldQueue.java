package io.maintenanceagent.hold;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The held requests, in the order in which they came.
 *
 * <p>A thread of its own ends their wait: one after the other at a {@link ReleasePace pace} when maintenance is over,
 * all at once when their time is. It starts with the first held request and ends a while after the last. Whoever goes
 * on is decided anew. Locks are {@code java.util.concurrent}'s, since a monitor would pin virtual threads. Safe for any
 * thread.
 */
public final class HoldQueue implements Runnable {

    /** The name of the thread. */
    public static final String THREAD = "maintenance-agent-hold";

    /** What is so with maintenance. */
    public enum Phase {
        /** Requests wait. */
        HOLDING,
        /** Maintenance is over: they go on. */
        OVER,
        /** Maintenance goes on, and requests do not wait any more. */
        EXPIRED
    }

    /** Tells the phase. */
    public interface Maintenance {

        /** Returns the phase now. Does not throw and does not wait. */
        Phase phase();
    }

    /** Windows that open and close by the clock are noticed within it; changes of the state at once. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Maintenance maintenance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Runnable> held = new LinkedHashSet<Runnable>(); // guarded by lock
    private Thread thread; // guarded by lock; null while there is none
    private volatile Thread waking;

    /** @param maintenance tells how long requests wait */
    public HoldQueue(Maintenance maintenance) {
        this.maintenance = maintenance;
    }

    /**
     * Holds a request, behind those that wait already.
     *
     * @param goOn run once, when the request is to go on; on the queue's thread, so that it must be short. Its identity
     *     is the request's
     * @param limit how many wait at the most, this one included
     * @return whether it is held; {@code false} if so many wait
     * @throws OutOfMemoryError if no thread can be started
     */
    public boolean add(Runnable goOn, int limit) {
        lock.lock();
        try {
            if (held.size() >= limit) {
                return false;
            }
            if (thread == null || !thread.isAlive()) {
                Thread next = new Thread(this, THREAD);
                next.setDaemon(true);
                next.setContextClassLoader(HoldQueue.class.getClassLoader());
                next.start();
                thread = next;
                waking = next;
            }
            held.add(goOn);
            LockSupport.unpark(thread);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a request out that waits no longer: its client has gone away, or its thread is interrupted.
     *
     * @param goOn as it was added
     * @return whether it was waiting
     */
    public boolean remove(Runnable goOn) {
        lock.lock();
        try {
            return held.remove(goOn);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many wait now. */
    public int size() {
        lock.lock();
        try {
            return held.size();
        } finally {
            lock.unlock();
        }
    }

    /** Has the phase looked at now, since something has changed. */
    public void wake() {
        LockSupport.unpark(waking);
    }

    /** What the thread does. */
    @Override
    public void run() {
        ReleasePace pace = null;
        long idleSince = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            int waiting = size();
            if (waiting > 0) {
                idleSince = now;
            } else if (now - idleSince > IDLE_NANOS && ends()) {
                return;
            }
            switch (waiting == 0 ? Phase.HOLDING : maintenance.phase()) {
                case OVER:
                    pace = pace == null ? new ReleasePace(waiting, now) : pace;
                    long left = pace.untilNext(now);
                    if (left > 0) {
                        LockSupport.parkNanos(this, left);
                    } else {
                        goOn(poll());
                        pace.released();
                    }
                    break;
                case EXPIRED:
                    goOn(poll());
                    break;
                default:
                    pace = null;
                    LockSupport.parkNanos(this, waiting == 0 ? IDLE_NANOS : LOOK_NANOS);
            }
        }
    }

    private boolean ends() {
        lock.lock();
        try {
            if (held.isEmpty()) {
                thread = null;
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Runnable poll() {
        lock.lock();
        try {
            if (held.isEmpty()) {
                return null;
            }
            Runnable first = held.iterator().next();
            held.remove(first);
            return first;
        } finally {
            lock.unlock();
        }
    }

    private static void goOn(Runnable request) {
        try {
            if (request != null) {
                request.run();
            }
        } catch (Throwable ignored) {
            // the next one goes on all the same; this one's server knows what it did not take
        }
    }
}
