package io.maintenanceagent.work.schedule;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.WorkGuard;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Tasks of the JDK's executors that are due and held: out of the queue, and put back into it at the end of maintenance.
 * The queue keeps their order. Safe for any thread.
 */
final class HeldTasks extends EndWatch {

    private final List<Held> tasks = new ArrayList<Held>(); // guarded by this

    HeldTasks(WorkGuard guard) {
        super(guard);
    }

    /**
     * Holds a task.
     *
     * @param task a task of the executor's, which is not in its queue
     * @param executor runs it
     * @param className the class that does it
     * @return whether it is held; otherwise the executor is being shut down, and it is to run, or not, by its rules
     */
    synchronized boolean hold(Runnable task, ScheduledThreadPoolExecutor executor, String className) {
        if (executor.isShutdown()) {
            return false;
        }
        watch();
        tasks.add(new Held(task, executor, className));
        guard.countHeld(WorkKind.SCHEDULES, 1);
        return true;
    }

    @Override
    boolean look() {
        for (Iterator<Held> all = tasks.iterator(); all.hasNext(); ) {
            Held one = all.next();
            boolean isCancelled = ((Future<?>) one.task).isCancelled();
            boolean goesOn = !guard.stops(WorkKind.SCHEDULES, one.className);
            if (isCancelled || goesOn || one.executor.isShutdown()) {
                all.remove();
                guard.countHeld(WorkKind.SCHEDULES, -1);
                if (!isCancelled) {
                    one.executor.getQueue().add(one.task);
                    one.executor.prestartCoreThread();
                }
            }
        }
        return !tasks.isEmpty();
    }

    private static final class Held {
        final Runnable task;
        final ScheduledThreadPoolExecutor executor;
        final String className;

        Held(Runnable task, ScheduledThreadPoolExecutor executor, String className) {
            this.task = task;
            this.executor = executor;
            this.className = className;
        }
    }
}
