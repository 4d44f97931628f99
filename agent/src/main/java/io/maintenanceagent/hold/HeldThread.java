package io.maintenanceagent.hold;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A request that is held by its own thread, which parks: a virtual thread leaves its carrier meanwhile. */
public final class HeldThread implements Runnable {

    /** How much longer than its time a thread waits for being told so. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Thread thread = Thread.currentThread();
    private volatile boolean told;

    /** Lets the thread go on. */
    @Override
    public void run() {
        told = true;
        LockSupport.unpark(thread);
    }

    /**
     * Waits until the request is to go on. Called by its thread. An interrupt ends the wait, and stays set: whoever
     * interrupts a thread of a server wants it back.
     *
     * @param queue where it was added
     * @param millis how long at the most, in milliseconds
     * @return whether it was told to go on
     */
    public boolean await(HoldQueue queue, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) + GRACE_NANOS;
        while (!told && !thread.isInterrupted()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(queue, left);
        }
        return told || !queue.remove(this);
    }
}
