package io.maintenanceagent.work.schedule;

import io.maintenanceagent.work.Fields;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A job store of Quartz, of version 1 or 2: what the agent asks of it. For one thread. */
final class QuartzStore {

    /** How far a scheduler looks ahead by default, in milliseconds. */
    private static final long AHEAD_MILLIS = 30_000;

    private final Object store;
    private final Object context; // of version 1; else null

    QuartzStore(Object store, Object context) {
        this.store = store;
        this.context = context;
    }

    /** Returns the trigger that is to be fired next, and takes it; {@code null} if there is none. */
    Object acquireOne() throws ReflectiveOperationException {
        long noLaterThan = System.currentTimeMillis() + AHEAD_MILLIS;
        if (context != null) {
            return Fields.invoke(store, "acquireNextTrigger", context, noLaterThan);
        }
        List<?> one = (List<?>) Fields.invoke(store, "acquireNextTriggers", noLaterThan, 1, 0L);
        return one == null || one.isEmpty() ? null : one.get(0);
    }

    /** Gives triggers back that it has taken. */
    void release(Collection<?> triggers) throws ReflectiveOperationException {
        for (Object trigger : triggers) {
            if (context != null) {
                Fields.invoke(store, "releaseAcquiredTrigger", context, trigger);
            } else {
                Fields.invoke(store, "releaseAcquiredTrigger", trigger);
            }
        }
    }

    /** Fires triggers of version 2. */
    List<?> fire(List<?> triggers) throws ReflectiveOperationException {
        return triggers.isEmpty() ? Collections.emptyList() : (List<?>) Fields.invoke(store, "triggersFired", triggers);
    }

    /** Returns the name of the class of a trigger's job. */
    String className(Object trigger) throws ReflectiveOperationException {
        Object job = context != null
                ? Fields.invoke(
                        store,
                        "retrieveJob",
                        context,
                        Fields.invoke(trigger, "getJobName"),
                        Fields.invoke(trigger, "getJobGroup"))
                : Fields.invoke(store, "retrieveJob", Fields.invoke(trigger, "getJobKey"));
        return job == null ? "" : className(job, trigger);
    }

    /**
     * Returns the name of the class that a job runs: for a timer of OpenEJB's, the class of its bean.
     *
     * @param job a job
     * @param trigger a trigger of the job's
     */
    static String className(Object job, Object trigger) throws ReflectiveOperationException {
        String beanClass = beanClass(trigger);
        return beanClass != null ? beanClass : ((Class<?>) Fields.invoke(job, "getJobClass")).getName();
    }

    /** Returns the class of the bean that a trigger is a timer of; {@code null} if it is none. */
    static String beanClass(Object trigger) {
        if (!trigger.getClass().getName().startsWith("org.apache.openejb.")) {
            return null;
        }
        Object data = Fields.call(trigger, "getJobDataMap");
        Object service = data instanceof Map ? ((Map<?, ?>) data).get("EJB_TIMERS_SERVICE") : null;
        Object bean = service == null ? null : Fields.get(service, "deployment");
        Object beanClass = bean == null ? null : Fields.call(bean, "getBeanClass");
        return beanClass instanceof Class ? ((Class<?>) beanClass).getName() : null;
    }
}
