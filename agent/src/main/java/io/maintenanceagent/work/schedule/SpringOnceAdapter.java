package io.maintenanceagent.work.schedule;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.Fields;
import io.maintenanceagent.work.WeakTable;
import io.maintenanceagent.work.WorkAdapter;
import io.maintenanceagent.work.WorkGuard;
import java.lang.ref.WeakReference;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Tasks that a scheduler of Spring's is to run once. They are known since they were given to it, and held where the
 * JDK's executor takes them out of its queue: that takes no thread from what is to go on, and who cancels such a task
 * in maintenance has it cancelled. Safe for any thread.
 */
public final class SpringOnceAdapter implements WorkAdapter {

    /** What was given to a scheduler. */
    private static final WeakTable<Once> TASKS = new WeakTable<Once>();

    /** How long a task may be given to its scheduler, in milliseconds. */
    private static final int GIVING_MILLIS = 100;

    private final WorkGuard guard;
    private final AtomicInteger giving = new AtomicInteger();
    private final WeakTable<Once> futures = new WeakTable<Once>();
    private final HeldTasks held;

    /** @param guard decides */
    public SpringOnceAdapter(WorkGuard guard) {
        this.guard = guard;
        this.held = new HeldTasks(guard);
    }

    /** Returns whether a task is known to run once. */
    static boolean isOnce(Object task) {
        return TASKS.get(task) != null;
    }

    @Override
    public Object begins(WorkEntryPoint entryPoint, Object[] arguments) {
        if (entryPoint != WorkEntryPoint.JDK_SCHEDULED) {
            Object task = SpringTask.unwrapped(arguments[1]);
            TASKS.putIfAbsent(task, new Once(task, null, null));
            Given given = new Given(arguments[0], SpringTask.of(task).className());
            giving.incrementAndGet();
            return given;
        }
        if (!guard.mayStop()) {
            return null;
        }
        Once once = known(arguments[0]);
        if (once == null || !guard.stops(WorkKind.SCHEDULES, once.className)) {
            return null;
        }
        ScheduledThreadPoolExecutor executor = once.executor.get();
        return executor != null && held.hold((Runnable) arguments[0], executor, once.className)
                ? new Object[] {null}
                : null;
    }

    /** A task may be due before it is known: while it is still being given to its scheduler. */
    private Once known(Object future) {
        Once once = futures.get(future);
        for (int i = 0; once == null && i < GIVING_MILLIS && giving.get() > 0; i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            once = futures.get(future);
        }
        // Once more: what is no longer being given was made known before.
        return once == null ? futures.get(future) : once;
    }

    /** A task or its future: what is known of it. */
    private static final class Once extends WeakTable.Entry {
        final WeakReference<ScheduledThreadPoolExecutor> executor;
        final String className;

        Once(Object object, ScheduledThreadPoolExecutor executor, String className) {
            super(object);
            this.executor = new WeakReference<ScheduledThreadPoolExecutor>(executor);
            this.className = className;
        }
    }

    /** A task is being given to a scheduler, which returns its future. */
    private final class Given implements BegunWork {
        private final Object scheduler;
        private final String className;

        Given(Object scheduler, String className) {
            this.scheduler = scheduler;
            this.className = className;
        }

        @Override
        public Object ended(Object future) {
            try {
                Object executor = Fields.call(scheduler, "getScheduledExecutor");
                if (future != null && executor instanceof ScheduledThreadPoolExecutor) {
                    futures.putIfAbsent(future, new Once(future, (ScheduledThreadPoolExecutor) executor, className));
                }
            } finally {
                giving.decrementAndGet();
            }
            return future;
        }

        @Override
        public void failed(Throwable thrown) {
            giving.decrementAndGet(); // it is not scheduled
        }
    }
}
