package io.maintenanceagent.work.schedule;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.Fields;
import io.maintenanceagent.work.WorkGuard;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Wakes the threads of Quartz schedulers that were told that there is nothing to fire: by themselves they would look
 * again half a minute later. Safe for any thread.
 */
final class SchedulerWaker extends EndWatch {

    private final SkippedTicks skipped;
    private final Map<Thread, String> sleeping = new HashMap<Thread, String>(); // guarded by this

    SchedulerWaker(WorkGuard guard, SkippedTicks skipped) {
        super(guard);
        this.skipped = skipped;
    }

    /**
     * The calling thread is about to sleep.
     *
     * @param stopped a class that is stopped, or {@code null} if all are
     */
    synchronized void sleeps(String stopped) {
        sleeping.put(Thread.currentThread(), stopped);
        watch();
    }

    /** The calling thread is awake. */
    synchronized void isAwake() {
        if (!sleeping.isEmpty()) {
            sleeping.remove(Thread.currentThread());
        }
    }

    /** Again and again: a thread that is just about to sleep does not hear it. */
    @Override
    boolean look() {
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
        return !sleeping.isEmpty();
    }

    private boolean isStopped(String className) {
        return className == null ? guard.stopsAll(WorkKind.SCHEDULES) : guard.stops(WorkKind.SCHEDULES, className);
    }
}
