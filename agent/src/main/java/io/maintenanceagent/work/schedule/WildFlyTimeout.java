package io.maintenanceagent.work.schedule;

import io.maintenanceagent.work.Fields;
import java.util.concurrent.Executor;

/**
 * A timer of WildFly's. One with an interval comes again by itself. One with a calendar expression is told its next
 * time at the end of maintenance: that is written to the store, which other nodes compare it with.
 */
final class WildFlyTimeout extends EjbTimeout implements Runnable {

    private final Object task;
    private final Object service;
    private final Object timer; // null if it is gone

    /** @param task a {@code TimerTask}, which is about to run */
    WildFlyTimeout(Object task) throws ReflectiveOperationException {
        this.task = task;
        this.service = Fields.get(task, "timerService");
        this.timer = Fields.invoke(service, "getTimer", Fields.get(task, "timerId"));
    }

    @Override
    String className() throws ReflectiveOperationException {
        Object invoker = Fields.invoke(service, "getInvoker");
        Object component = Fields.call(invoker, "getComponent");
        if (component == null) { // until WildFly 26
            component = Fields.invoke(Fields.invoke(invoker, "getEjbComponent"), "getValue");
        }
        return ((Class<?>) Fields.invoke(component, "getComponentClass")).getName();
    }

    @Override
    boolean isRepeating() throws ReflectiveOperationException {
        return timer != null && (hasInterval() || next() != null);
    }

    private boolean hasInterval() throws ReflectiveOperationException {
        return (Long) Fields.invoke(timer, "getInterval") > 0;
    }

    private Object next() throws ReflectiveOperationException {
        return Fields.invoke(task, "calculateNextTimeout", timer);
    }

    @Override
    boolean skip() throws ReflectiveOperationException {
        return hasInterval();
    }

    @Override
    boolean isWanted() {
        return timer != null && !Boolean.TRUE.equals(Fields.get(task, "cancelled"));
    }

    @Override
    void goesOn() throws ReflectiveOperationException {
        Object executor = Fields.get(service, "executor");
        if (executor == null) { // until WildFly 26
            executor = Fields.invoke(Fields.invoke(service, "getExecutorServiceInjectedValue"), "getValue");
        }
        ((Executor) executor).execute(isRepeating() ? this : (Runnable) task);
    }

    /** The tick is skipped, as WildFly does it where one is overlapped by another. */
    @Override
    public void run() {
        try {
            Fields.invoke(timer, "lock");
            try {
                Fields.invoke(timer, "setNextTimeout", next());
                Fields.invoke(service, "persistTimer", timer, false);
                Fields.invoke(task, "scheduleTimeoutIfRequired", timer);
            } finally {
                Fields.invoke(timer, "unlock");
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
