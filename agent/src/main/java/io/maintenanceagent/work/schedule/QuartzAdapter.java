package io.maintenanceagent.work.schedule;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.Fields;
import io.maintenanceagent.work.WorkAdapter;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Quartz. In maintenance the scheduler is told that there is nothing to fire, so that no trigger is taken that another
 * node of a cluster could fire, and the store is left alone. Where a policy lets some jobs go on, the others are given
 * back. At the end ticks of schedules that were due are vetoed, and what was to run once runs. Safe for any thread.
 */
public final class QuartzAdapter implements WorkAdapter {

    /** How many triggers are looked at for one that may be fired. */
    private static final int LOOKS = 200;

    /** How many jobs may have been fired and not begun; a job whose thread cannot be started is never heard of. */
    private static final int MAX_FIRED = 1000;

    private static final String QUARTZ = "org.quartz";

    private final WorkGuard guard;
    private final SkippedTicks skipped = new SkippedTicks();
    private final SchedulerWaker waker;
    private final ThreadLocal<Boolean> asking = new ThreadLocal<Boolean>();
    private final Map<Object, WorkUnit> fired =
            Collections.synchronizedMap(new IdentityHashMap<Object, WorkUnit>()); // by trigger

    /** @param guard decides */
    public QuartzAdapter(WorkGuard guard) {
        this.guard = guard;
        this.waker = new SchedulerWaker(guard, skipped);
    }

    @Override
    public Object begins(WorkEntryPoint entryPoint, Object[] arguments) throws ReflectiveOperationException {
        switch (entryPoint) {
            case QUARTZ_RUN:
            case OPENEJB_RUN:
                return runs(arguments[0]);
            case QUARTZ_VETO:
            case OPENEJB_VETO:
                return isVetoed(arguments[0]) ? new Object[] {Boolean.TRUE} : null;
            default:
                if (asking.get() != null) {
                    return null; // this adapter's own question, or a store within a store
                }
                boolean isFirst =
                        entryPoint == WorkEntryPoint.QUARTZ_1_ACQUIRE || entryPoint == WorkEntryPoint.QUARTZ_1_FIRE;
                QuartzStore store = new QuartzStore(arguments[0], isFirst ? arguments[1] : null);
                if (entryPoint == WorkEntryPoint.QUARTZ_ACQUIRE || entryPoint == WorkEntryPoint.QUARTZ_1_ACQUIRE) {
                    return acquires(store, isFirst);
                }
                return isFirst ? firesOne(store, arguments[2]) : fires(store, (List<?>) arguments[1]);
        }
    }

    private Object acquires(QuartzStore store, boolean isFirst) {
        waker.isAwake();
        if (!guard.mayStop()) {
            skipped.ended(System.currentTimeMillis());
            return null;
        }
        if (!guard.stopsAll(WorkKind.SCHEDULES)) {
            return new Acquired(store, isFirst);
        }
        skipped.stopped(System.currentTimeMillis());
        waker.sleeps(null);
        return new Object[] {isFirst ? null : new ArrayList<Object>()};
    }

    private boolean isStopped(QuartzStore store, Object trigger) throws ReflectiveOperationException {
        return guard.mayStop()
                && (guard.stopsAll(WorkKind.SCHEDULES) || guard.stops(WorkKind.SCHEDULES, store.className(trigger)));
    }

    private void stop(Object trigger) throws ReflectiveOperationException {
        Date due = (Date) Fields.invoke(trigger, "getNextFireTime");
        long now = System.currentTimeMillis();
        skipped.stopped(due == null ? now : Math.min(now, due.getTime()));
        guard.countStopped(WorkKind.SCHEDULES);
    }

    private Object firesOne(QuartzStore store, Object trigger) throws ReflectiveOperationException {
        Firing firing = new Firing();
        if (isStopped(store, trigger)) {
            firing.unit.end();
            stop(trigger);
            return new Object[] {null};
        }
        QuartzTick.skipAhead(trigger, skipped);
        return firing;
    }

    /** Of those that are stopped there is no result, so that the scheduler gives them back. */
    private Object fires(QuartzStore store, List<?> triggers) throws ReflectiveOperationException {
        Firing firing = new Firing();
        List<Object> begin = new ArrayList<Object>();
        for (Object trigger : triggers) {
            if (isStopped(store, trigger)) {
                stop(trigger);
            } else {
                QuartzTick.skipAhead(trigger, skipped);
                begin.add(trigger);
            }
        }
        if (begin.size() == triggers.size()) {
            return firing;
        }
        try {
            Class<?> key = Fields.invoke(triggers.get(0), "getJobKey").getClass();
            String quartz = key.getName().replace(".JobKey", ".spi."); // OpenEJB has it under a name of its own
            Class<?> bundle = Class.forName(quartz + "TriggerFiredBundle", false, key.getClassLoader());
            Class<?> result = Class.forName(quartz + "TriggerFiredResult", false, key.getClassLoader());
            asking.set(true);
            List<?> begun = (List<?>) firing.ended(store.fire(begin));
            List<Object> all = new ArrayList<Object>();
            for (Object trigger : triggers) {
                int at = begin.indexOf(trigger);
                all.add(
                        at >= 0 && at < begun.size()
                                ? begun.get(at)
                                : result.getConstructor(bundle).newInstance((Object) null));
            }
            return new Object[] {all};
        } finally {
            asking.remove();
            firing.unit.end();
        }
    }

    /** It is in flight since its trigger was fired. */
    private Object runs(Object shell) throws ReflectiveOperationException {
        Object context = Fields.get(shell, "jec");
        if (context == null) {
            return null;
        }
        Object trigger = Fields.invoke(context, "getTrigger");
        WorkUnit waiting = fired.remove(trigger);
        String[] names = names(Fields.invoke(context, "getJobDetail"), trigger);
        WorkUnit unit = guard.beginDecided(WorkKind.SCHEDULES, names[0], names[1]);
        if (waiting != null) {
            waiting.end();
        }
        return unit;
    }

    private boolean isVetoed(Object context) throws ReflectiveOperationException {
        boolean vetoed = new QuartzTick(context).isSkipped(skipped);
        if (vetoed) {
            guard.countStopped(WorkKind.SCHEDULES);
        }
        return vetoed;
    }

    /** The class of a job, and the job's name with it. */
    private static String[] names(Object job, Object trigger) throws ReflectiveOperationException {
        String className = QuartzStore.className(job, trigger);
        if (className.equals(QuartzStore.beanClass(trigger))) {
            return new String[] {className, className};
        }
        return new String[] {className, className + " (" + Fields.invoke(job, "getKey") + ")"};
    }

    /** Looks through what was acquired: what is stopped is given back, and the next one is looked at. */
    private final class Acquired implements BegunWork {
        private final QuartzStore store;
        private final boolean isFirst;
        private final List<Object> stopped = new ArrayList<Object>();
        private final List<Object> kept = new ArrayList<Object>();
        private String stoppedClass;

        Acquired(QuartzStore store, boolean isFirst) {
            this.store = store;
            this.isFirst = isFirst;
        }

        @Override
        public Object ended(Object result) {
            try {
                asking.set(true);
                for (Object trigger : isFirst ? one(result) : (List<?>) result) {
                    sort(trigger);
                }
                if (stopped.isEmpty()) {
                    return result;
                }
                for (int i = 0; i < LOOKS && kept.isEmpty(); i++) {
                    Object next = store.acquireOne();
                    if (next == null) {
                        break;
                    }
                    sort(next);
                }
                store.release(stopped);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            } finally {
                asking.remove();
            }
            skipped.stopped(System.currentTimeMillis());
            if (kept.isEmpty()) {
                waker.sleeps(stoppedClass);
            }
            return isFirst ? kept.isEmpty() ? null : kept.get(0) : kept;
        }

        private List<?> one(Object result) {
            return result == null ? Collections.emptyList() : Collections.singletonList(result);
        }

        private void sort(Object trigger) throws ReflectiveOperationException {
            String className = store.className(trigger);
            if (guard.stops(WorkKind.SCHEDULES, className)) {
                stopped.add(trigger);
                stoppedClass = className;
            } else {
                kept.add(trigger);
            }
        }

        @Override
        public void failed(Throwable thrown) {
            // the scheduler tries again
        }
    }

    /** In flight from before it is decided until the job's own thread has it. */
    private final class Firing implements BegunWork {
        final WorkUnit unit = guard.beginElsewhere(WorkKind.SCHEDULES, QUARTZ, "a trigger of Quartz");

        @Override
        public Object ended(Object result) {
            try {
                if (result instanceof List) {
                    for (Object one : (List<?>) result) {
                        await(Fields.invoke(one, "getTriggerFiredBundle"));
                    }
                } else {
                    await(result);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            } finally {
                unit.end();
            }
            return result;
        }

        private void await(Object bundle) throws ReflectiveOperationException {
            if (bundle == null) {
                return;
            }
            Object trigger = Fields.invoke(bundle, "getTrigger");
            String[] names = names(Fields.invoke(bundle, "getJobDetail"), trigger);
            synchronized (fired) {
                if (fired.size() >= MAX_FIRED) {
                    for (WorkUnit never : fired.values()) {
                        never.end();
                    }
                    fired.clear();
                }
                fired.put(trigger, guard.beginElsewhere(WorkKind.SCHEDULES, names[0], names[1]));
            }
        }

        @Override
        public void failed(Throwable thrown) {
            unit.end();
        }
    }
}
