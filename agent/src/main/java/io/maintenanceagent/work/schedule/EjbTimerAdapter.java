package io.maintenanceagent.work.schedule;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.Fields;
import io.maintenanceagent.work.WeakTable;
import io.maintenanceagent.work.WorkAdapter;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkUnit;

/**
 * Timers of beans, where their container has found that one is due, and has neither begun a transaction nor written
 * into its store. Those of OpenEJB and TomEE are Quartz's. Safe for any thread.
 */
public final class EjbTimerAdapter implements WorkAdapter {

    private static final Object[] STOPPED = {null};

    private final WorkGuard guard;
    private final HeldTimeouts held;
    private final WeakTable<LibertyPersistentTimeout.Known> tasks = new WeakTable<LibertyPersistentTimeout.Known>();
    private final ThreadLocal<Object> running = new ThreadLocal<Object>(); // a task of Liberty's persistent executor

    /** @param guard decides */
    public EjbTimerAdapter(WorkGuard guard) {
        this.guard = guard;
        this.held = new HeldTimeouts(guard);
    }

    @Override
    public Object begins(WorkEntryPoint entryPoint, Object[] arguments) throws ReflectiveOperationException {
        switch (entryPoint) {
            case EJB_TIMER_LIBERTY_HANDLER:
                return handles(arguments[0], running.get());
            case EJB_TIMER_LIBERTY_PERSISTENT:
                return runs(arguments[0]);
            default:
                return guard.isWithin(WorkKind.SCHEDULES) ? null : isDue(timeout(entryPoint, arguments));
        }
    }

    private static EjbTimeout timeout(WorkEntryPoint entryPoint, Object[] arguments)
            throws ReflectiveOperationException {
        switch (entryPoint) {
            case EJB_TIMER_WILDFLY:
                return new WildFlyTimeout(arguments[0]);
            case EJB_TIMER_GLASSFISH:
                return new GlassFishTimeout(arguments[0], arguments[1]);
            default:
                return new LibertyTimeout(arguments[0]);
        }
    }

    private Object isDue(EjbTimeout timeout) throws ReflectiveOperationException {
        String className = timeout.className();
        WorkUnit unit = guard.begin(WorkKind.SCHEDULES, className, className);
        if (unit != null) {
            return unit;
        }
        boolean isRepeating = timeout.isRepeating();
        if (isRepeating) {
            guard.countStopped(WorkKind.SCHEDULES);
        }
        if (!isRepeating || !timeout.skip()) {
            held.hold(timeout, className, !isRepeating);
        }
        return STOPPED;
    }

    private Object runs(Object task) throws ReflectiveOperationException {
        if (!LibertyPersistentTimeout.isTimer(task)) {
            return null;
        }
        Object begun = isDue(new LibertyPersistentTimeout(task, known(task)));
        if (begun == STOPPED) {
            return STOPPED;
        }
        running.set(task);
        return new Run((WorkUnit) begun);
    }

    /** A persistent timer of Liberty's is about to be run: from here on its class is known. */
    private Object handles(Object handler, Object task) throws ReflectiveOperationException {
        if (task == null) {
            return null;
        }
        LibertyPersistentTimeout.Known known = known(task);
        known.className = (String) Fields.get(Fields.invoke(handler, "getBeanMetaData"), "enterpriseBeanClassName");
        Object schedule = Fields.get(handler, "parsedSchedule");
        known.repeating = schedule == null
                ? (Long) Fields.get(handler, "interval") > 0
                : (Long) Fields.invoke(schedule, "getNextTimeout", System.currentTimeMillis()) > 0;
        return known.repeating && LibertyPersistentTimeout.due(task) < known.skipUntil ? STOPPED : null;
    }

    private LibertyPersistentTimeout.Known known(Object task) {
        LibertyPersistentTimeout.Known known = tasks.get(task);
        return known != null ? known : tasks.putIfAbsent(task, new LibertyPersistentTimeout.Known(task));
    }

    /** A task of Liberty's persistent executor. */
    private final class Run implements BegunWork {
        private final WorkUnit unit;

        Run(WorkUnit unit) {
            this.unit = unit;
        }

        @Override
        public Object ended(Object result) {
            running.remove();
            return unit.ended(result);
        }

        @Override
        public void failed(Throwable thrown) {
            running.remove();
            unit.failed(thrown);
        }
    }
}
