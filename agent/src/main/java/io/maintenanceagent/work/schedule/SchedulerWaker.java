package io.maintenanceagent.work.schedule;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.Fields;
import io.maintenanceagent.work.WorkGuard;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Wakes the threads of Quartz schedulers that were told that there is nothing to fire: by themselves they would look
 * again half a minute later. Has a thread of its own while there are some. Safe for any thread.
 */
final class SchedulerWaker implements Runnable {

    private static final long LOOK_MILLIS = 100;

    private final WorkGuard guard;
    private final SkippedTicks skipped;
    private final Map<Thread, String> sleeping = new HashMap<Thread, String>(); // guarded by this; so is the next
    private boolean running;

    SchedulerWaker(WorkGuard guard, SkippedTicks skipped) {
        this.guard = guard;
        this.skipped = skipped;
    }

    /**
     * The calling thread is about to sleep.
     *
     * @param stopped a class that is stopped, or {@code null} if all are
     */
    synchronized void sleeps(String stopped) {
        sleeping.put(Thread.currentThread(), stopped);
        if (!running) {
            Thread thread = new Thread(this, "maintenance-agent-schedules");
            thread.setDaemon(true);
            thread.setContextClassLoader(SchedulerWaker.class.getClassLoader());
            thread.start();
            running = true;
        }
    }

    /** The calling thread is awake. */
    synchronized void isAwake() {
        if (!sleeping.isEmpty()) {
            sleeping.remove(Thread.currentThread());
        }
    }

    @Override
    public void run() {
        try {
            while (wake()) {
                guard.awaitChange(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            synchronized (this) {
                running = false; // the next one that sleeps starts another thread
            }
        }
    }

    /** Again and again: a thread that is just about to sleep does not hear it. */
    private synchronized boolean wake() {
        for (Iterator<Map.Entry<Thread, String>> all = sleeping.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Thread, String> one = all.next();
            if (!one.getKey().isAlive()) {
                all.remove();
            } else if (!isStopped(one.getValue())) {
                skipped.ended(System.currentTimeMillis());
                try {
                    Fields.invoke(one.getKey(), "signalSchedulingChange", 0L);
                } catch (ReflectiveOperationException | RuntimeException e) {
                    all.remove(); // it looks again by itself
                }
            }
        }
        running = !sleeping.isEmpty();
        return running;
    }

    private boolean isStopped(String className) {
        return className == null ? guard.stopsAll(WorkKind.SCHEDULES) : guard.stops(WorkKind.SCHEDULES, className);
    }
}
