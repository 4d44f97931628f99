package io.maintenanceagent.work.schedule;

import io.maintenanceagent.work.Fields;
import java.util.Date;

/** One firing of a Quartz trigger, of which the scheduler has just told. For one thread. */
final class QuartzTick {

    /** By its own rule a trigger does what is usual for its type. */
    private static final int SMART_POLICY = 0;

    private final Object context;

    /** @param context Quartz's {@code JobExecutionContext} */
    QuartzTick(Object context) {
        this.context = context;
    }

    /**
     * Returns whether it is one of a schedule, and was due in a pause: at that time, or later by the misfire rule that
     * is usual for its type. A trigger that is not to fire again is held, and not skipped; one that says itself what to
     * do about a misfire has it done.
     *
     * @param skipped when there were pauses
     */
    boolean isSkipped(SkippedTicks skipped) throws ReflectiveOperationException {
        Date next = date(context, "getNextFireTime");
        Date due = date(context, "getScheduledFireTime");
        if (next == null || due == null) {
            return false;
        }
        if (skipped.includes(due.getTime())) {
            return true;
        }
        Object trigger = Fields.invoke(context, "getTrigger");
        Integer misfire = (Integer) Fields.invoke(trigger, "getMisfireInstruction");
        if (misfire != SMART_POLICY || isOfSchedule(trigger, due)) {
            return false;
        }
        Date before = date(context, "getPreviousFireTime");
        Date missed = before == null ? date(trigger, "getStartTime") : after(trigger, before.getTime());
        return missed != null && skipped.includes(missed.getTime());
    }

    /**
     * Moves a trigger that is about to be fired to the end of the pause that it was due in, so that there is one tick
     * to skip, and not all that were missed.
     *
     * @param trigger of a schedule, or not
     * @param skipped when there were pauses
     */
    static void skipAhead(Object trigger, SkippedTicks skipped) throws ReflectiveOperationException {
        Date due = date(trigger, "getNextFireTime");
        long last = due == null ? 0 : skipped.lastOf(due.getTime());
        if (due != null && last != due.getTime() && after(trigger, last) != null) {
            Fields.invoke(trigger, "setNextFireTime", new Date(last));
        }
    }

    private static boolean isOfSchedule(Object trigger, Date due) throws ReflectiveOperationException {
        return due.equals(after(trigger, due.getTime() - 1));
    }

    private static Date after(Object trigger, long millis) throws ReflectiveOperationException {
        return (Date) Fields.invoke(trigger, "getFireTimeAfter", new Date(millis));
    }

    private static Date date(Object object, String getter) throws ReflectiveOperationException {
        return (Date) Fields.invoke(object, getter);
    }
}
