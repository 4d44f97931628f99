package io.maintenanceagent.work.schedule;

import io.maintenanceagent.work.Fields;

/** A timer of Liberty's that is not persistent. Skipped ticks are left out in the way of Liberty's own pause. */
final class LibertyTimeout extends EjbTimeout {

    private final Object task;
    private final Object timer;

    /** @param task a {@code TimerNpRunnable}, which is about to run */
    LibertyTimeout(Object task) {
        this.task = task;
        this.timer = Fields.get(task, "ivTimer");
    }

    @Override
    String className() throws ReflectiveOperationException {
        return (String) Fields.get(Fields.invoke(timer, "getBeanMetaData"), "enterpriseBeanClassName");
    }

    /** One that has failed and is tried again began before. */
    @Override
    boolean isRepeating() throws ReflectiveOperationException {
        if ((Long) Fields.get(task, "ivRetries") > 0) {
            return false;
        }
        Object schedule = Fields.get(timer, "ivParsedScheduleExpression");
        return schedule == null
                ? (Long) Fields.get(timer, "ivInterval") > 0
                : (Long) Fields.invoke(schedule, "getNextTimeout", System.currentTimeMillis()) > 0;
    }

    @Override
    boolean skip() throws ReflectiveOperationException {
        long next;
        do {
            next = (Long) Fields.invoke(timer, "calculateNextExpiration");
        } while (next > 0 && next <= System.currentTimeMillis());
        Fields.invoke(timer, "scheduleNext");
        return true;
    }

    @Override
    boolean isWanted() throws ReflectiveOperationException {
        return !(Boolean) Fields.invoke(timer, "isIvDestroyed");
    }

    @Override
    void goesOn() throws ReflectiveOperationException {
        Fields.invoke(timer, "scheduleRetry", 0L); // the same as a first try, if none has failed
    }
}
