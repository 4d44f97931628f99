package io.maintenanceagent.work.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Date;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SkippedTicksTest {

    private static final long SECOND = 1000;

    private final SkippedTicks skipped = new SkippedTicks();

    @Test
    void tick_inAPauseThatIsOver_isSkipped() {
        assertFalse(skipped.includes(5));
        skipped.stopped(10);
        assertFalse(skipped.includes(12)); // others may go on
        skipped.ended(20);
        assertFalse(skipped.includes(9));
        assertTrue(skipped.includes(10) && skipped.includes(19));
        assertFalse(skipped.includes(20));
        assertEquals(19, skipped.lastOf(12));
        assertEquals(21, skipped.lastOf(21));
    }

    @Test
    void pause_soonAfterAnother_isOneWithIt() {
        skipped.stopped(10);
        skipped.ended(20);
        skipped.stopped(50_000);
        skipped.ended(60_000);
        assertTrue(skipped.includes(15));
        skipped.stopped(500_000);
        skipped.ended(600_000);
        assertFalse(skipped.includes(15));
        skipped.ended(700_000);
        assertFalse(skipped.includes(650_000));
    }

    /** A schedule with a tick each second, on the second; each case is one that Quartz tells of. */
    public static final class Context {
        private final Long due;
        private final Long before;
        private final Long next;
        private final int misfire;

        Context(Long due, Long before, Long next, int misfire) {
            this.due = due;
            this.before = before;
            this.next = next;
            this.misfire = misfire;
        }

        public Date getScheduledFireTime() {
            return due == null ? null : new Date(due);
        }

        public Date getPreviousFireTime() {
            return before == null ? null : new Date(before);
        }

        public Date getNextFireTime() {
            return next == null ? null : new Date(next);
        }

        public Context getTrigger() {
            return this;
        }

        public int getMisfireInstruction() {
            return misfire;
        }

        public Date getStartTime() {
            return new Date(3 * SECOND);
        }

        public Date getFireTimeAfter(Date time) {
            return new Date((time.getTime() / SECOND + 1) * SECOND);
        }
    }

    @Test
    void quartzTick_ofASchedule_isSkippedIfItWasDueInThePause() throws Exception {
        skipped.stopped(2 * SECOND);
        skipped.ended(6500);
        assertTrue(isSkipped(new Context(4 * SECOND, 1 * SECOND, 7 * SECOND, 0)));
        assertFalse(isSkipped(new Context(7 * SECOND, 1 * SECOND, 8 * SECOND, 0)), "the next one of its own");
        assertTrue(isSkipped(new Context(6600L, 1 * SECOND, 7 * SECOND, 0)), "made up for by the usual misfire rule");
        assertTrue(isSkipped(new Context(6600L, null, 7 * SECOND, 0)), "the same of one that has never run");
        assertFalse(isSkipped(new Context(6600L, 1 * SECOND, 7 * SECOND, 1)), "its own misfire rule asks for it");
        assertFalse(isSkipped(new Context(7700L, 7 * SECOND, 8 * SECOND, 0)), "nothing to do with the pause");
        assertFalse(isSkipped(new Context(4 * SECOND, null, null, 0)), "to run once");
    }

    private boolean isSkipped(Context context) throws ReflectiveOperationException {
        return new QuartzTick(context).isSkipped(skipped);
    }

    /** A trigger that remembers what it is told. */
    public static final class Trigger {
        private Date next;
        private final Function<Date, Date> after;

        Trigger(long next, Function<Date, Date> after) {
            this.next = new Date(next);
            this.after = after;
        }

        public Date getNextFireTime() {
            return next;
        }

        public void setNextFireTime(Date time) {
            next = time;
        }

        public Date getFireTimeAfter(Date time) {
            return after.apply(time);
        }
    }

    @Test
    void skipAhead_ofASchedule_leavesOneTickToSkip() throws Exception {
        skipped.stopped(2 * SECOND);
        skipped.ended(6500);
        Trigger schedule = new Trigger(3 * SECOND, time -> new Date(7 * SECOND));
        QuartzTick.skipAhead(schedule, skipped);
        assertEquals(6499, schedule.next.getTime());
        Trigger once = new Trigger(3 * SECOND, time -> null);
        QuartzTick.skipAhead(once, skipped);
        assertEquals(3 * SECOND, once.next.getTime());
        Trigger later = new Trigger(8 * SECOND, time -> new Date(9 * SECOND));
        QuartzTick.skipAhead(later, skipped);
        assertEquals(8 * SECOND, later.next.getTime());
    }
}
