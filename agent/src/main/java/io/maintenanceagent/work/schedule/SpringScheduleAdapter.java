package io.maintenanceagent.work.schedule;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.WorkAdapter;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkUnit;
import java.lang.reflect.Method;

/** Spring's scheduled methods: a tick is skipped in maintenance, and its schedule stays. Safe for any thread. */
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
        Method method = method(runnable);
        String className = method == null
                ? runnable.getClass().getName()
                : method.getDeclaringClass().getName();
        String name = method == null ? className : className + "." + method.getName();
        WorkUnit unit = guard.begin(WorkKind.SCHEDULES, className, name);
        if (unit == null) {
            guard.countStopped(WorkKind.SCHEDULES);
            return SKIPPED;
        }
        return unit;
    }

    private static Method method(Object runnable) {
        try {
            return (Method) runnable.getClass().getMethod("getMethod").invoke(runnable);
        } catch (ReflectiveOperationException unknown) {
            return null;
        }
    }
}
