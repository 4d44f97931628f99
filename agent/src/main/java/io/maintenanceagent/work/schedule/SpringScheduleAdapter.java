package io.maintenanceagent.work.schedule;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.WorkAdapter;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkUnit;

/**
 * What schedulers of Spring's run: a tick is skipped in maintenance, and its schedule stays; what is to run once waits,
 * with its thread, where {@link SpringOnceAdapter} could not hold it before. Safe for any thread.
 */
public final class SpringScheduleAdapter implements WorkAdapter {

    private static final Object[] SKIPPED = {null};

    private final WorkGuard guard;

    /** @param guard decides */
    public SpringScheduleAdapter(WorkGuard guard) {
        this.guard = guard;
    }

    @Override
    public Object begins(WorkEntryPoint entryPoint, Object[] arguments) {
        if (guard.isWithin(WorkKind.SCHEDULES)) {
            return null;
        }
        Object runnable = arguments[0];
        SpringTask task = SpringTask.of(runnable);
        if (task.isOwn()) {
            return null;
        }
        WorkUnit unit = guard.begin(WorkKind.SCHEDULES, task.className(), task.name());
        while (unit == null) {
            if (!isOnce(entryPoint, runnable)) {
                guard.countStopped(WorkKind.SCHEDULES);
                return SKIPPED;
            }
            if (!guard.hold(WorkKind.SCHEDULES, task.className())) {
                return SKIPPED;
            }
            unit = guard.begin(WorkKind.SCHEDULES, task.className(), task.name());
        }
        return unit;
    }

    /** Told by what it was given to, or else by the JDK's way to run it, which is another one for schedules. */
    private static boolean isOnce(WorkEntryPoint entryPoint, Object runnable) {
        if (entryPoint != WorkEntryPoint.SPRING_TASK
                || runnable.getClass().getName().endsWith(".ReschedulingRunnable")) {
            return false;
        }
        if (SpringOnceAdapter.isOnce(SpringTask.unwrapped(runnable))) {
            return true;
        }
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
            if (frame.getClassName().equals("java.util.concurrent.FutureTask")) {
                return frame.getMethodName().equals("run");
            }
        }
        return false;
    }
}
