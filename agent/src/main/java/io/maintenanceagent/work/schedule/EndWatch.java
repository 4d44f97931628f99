package io.maintenanceagent.work.schedule;

import io.maintenanceagent.work.WorkGuard;

/**
 * Looks again and again, at each change and ten times a second, while something waits for the end of maintenance: on a
 * thread of its own, which is there for so long. Safe for any thread.
 */
abstract class EndWatch implements Runnable {

    private static final long LOOK_MILLIS = 100;

    final WorkGuard guard;
    private boolean running; // guarded by this

    EndWatch(WorkGuard guard) {
        this.guard = guard;
    }

    /** Starts the thread, if it is not there. Called with the lock held. */
    final void watch() {
        if (!running) {
            Thread thread = new Thread(this, "maintenance-agent-schedules");
            thread.setDaemon(true);
            thread.setContextClassLoader(EndWatch.class.getClassLoader());
            thread.start();
            running = true;
        }
    }

    /**
     * Looks. Called with the lock held.
     *
     * @return whether something still waits
     */
    abstract boolean look();

    @Override
    public final void run() {
        try {
            while (isNeeded()) {
                guard.awaitChange(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            synchronized (this) {
                running = false; // the next one that waits starts another thread
            }
        }
    }

    private synchronized boolean isNeeded() {
        try {
            running = look();
        } catch (Throwable fault) { // no thread to be had for an executor, perhaps: what waits is not lost
            guard.reportWaiting(fault);
        }
        return running;
    }
}
