package io.maintenanceagent.work.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.WorkGuard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Date;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Objects that have the fields and methods of containers; the real ones are in the tests with the profile work. */
class EjbTimerAdapterTest {

    private final Enforcement enforcement =
            new Enforcement(new AtomicBoolean(), new ErrorReporter(new PrintStream(new ByteArrayOutputStream())));
    private final WorkGuard guard = new WorkGuard(enforcement, new ErrorReporter(System.err));
    private final EjbTimerAdapter adapter = new EjbTimerAdapter(guard);
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    private void become(boolean on) {
        enforcement.enforce(EffectiveState.of(null, State.of(on), null));
    }

    private Object at(WorkEntryPoint entryPoint, Object... arguments) throws ReflectiveOperationException {
        return adapter.begins(entryPoint, arguments);
    }

    private void await(String what) throws InterruptedException {
        assertEquals(what, done.poll(10, TimeUnit.SECONDS));
    }

    private int held() {
        return guard.snapshot(WorkKind.SCHEDULES).held();
    }

    private long stopped() {
        return guard.snapshot(WorkKind.SCHEDULES).stopped();
    }

    private static void assertStopped(Object told) {
        assertNull(assertInstanceOf(Object[].class, told)[0]);
    }

    /** A bean. */
    static final class Jobs {}

    /** WildFly's {@code TimerTask}, {@code TimerServiceImpl} and {@code TimerImpl} in one. */
    @SuppressWarnings("unused")
    public final class WildFly implements Runnable {
        private final WildFly timerService = this;
        private final String timerId = "1";
        private final Executor executor = Runnable::run;
        private final long interval;
        private final Date next;
        private volatile boolean cancelled;

        WildFly(long interval, Date next) {
            this.interval = interval;
            this.next = next;
        }

        public WildFly getTimer(String id) {
            return this;
        }

        public WildFly getInvoker() {
            return this;
        }

        public WildFly getComponent() {
            return this;
        }

        public Class<?> getComponentClass() {
            return Jobs.class;
        }

        public long getInterval() {
            return interval;
        }

        Date calculateNextTimeout(WildFly timer) {
            return next;
        }

        public void lock() {}

        public void unlock() {}

        public void setNextTimeout(Date time) {
            done.add("next " + time.getTime());
        }

        public void persistTimer(WildFly timer, boolean isNew) {
            done.add("persisted");
        }

        void scheduleTimeoutIfRequired(WildFly timer) {
            done.add("scheduled");
        }

        @Override
        public void run() {
            done.add("ran");
        }
    }

    @Test
    void timer_thatHasBegun_isInFlightUntilItEnds() throws Exception {
        become(false);
        BegunWork unit = (BegunWork) at(WorkEntryPoint.EJB_TIMER_WILDFLY, new WildFly(0, null));
        become(true);
        assertNull(at(WorkEntryPoint.EJB_TIMER_WILDFLY, new WildFly(0, null)), "it is tried again within the first");
        assertEquals(Jobs.class.getName(), guard.snapshot(WorkKind.SCHEDULES).oldest());
        unit.ended(null);
        assertEquals(0, guard.snapshot(WorkKind.SCHEDULES).inFlight());
    }

    @Test
    void wildFly_timerThatIsToRunOnce_isHeldAndRunsAtTheEnd() throws Exception {
        become(true);
        WildFly cancelled = new WildFly(0, null);
        assertStopped(at(WorkEntryPoint.EJB_TIMER_WILDFLY, cancelled));
        assertStopped(at(WorkEntryPoint.EJB_TIMER_WILDFLY, new WildFly(0, null)));
        assertEquals(2, held());
        cancelled.cancelled = true;
        while (held() > 1) {
            Thread.sleep(1);
        }
        assertNull(done.poll());
        become(false);
        await("ran");
        assertEquals(0, held());
        assertNull(done.poll());
    }

    @Test
    void wildFly_ticks_areSkipped() throws Exception {
        become(true);
        assertStopped(at(WorkEntryPoint.EJB_TIMER_WILDFLY, new WildFly(1000, new Date(5))));
        assertStopped(at(WorkEntryPoint.EJB_TIMER_WILDFLY, new WildFly(0, new Date(7))));
        assertEquals(2, stopped());
        assertEquals(0, held(), "nothing that is to run");
        assertNull(done.poll(), "the store is left alone");
        become(false);
        for (String step : List.of("next 7", "persisted", "scheduled")) {
            await(step);
        }
        assertNull(done.poll());
    }

    /** GlassFish's {@code EJBTimerService}, {@code RuntimeTimerState} and all around them in one. */
    @SuppressWarnings("unused")
    public class GlassFish {
        private final GlassFish ejbContainerUtil = this;
        private final boolean isPeriodic;

        GlassFish(boolean isPeriodic) {
            this.isPeriodic = isPeriodic;
        }

        protected GlassFish getTimerState(String key) {
            return this;
        }

        GlassFish getContainer() {
            return this;
        }

        public GlassFish getEjbDescriptor() {
            return this;
        }

        public String getEjbImplClassName() {
            return Jobs.class.getName();
        }

        public boolean isPeriodic() {
            return isPeriodic;
        }

        public int getNumFailedDeliveries() {
            return 0;
        }

        protected Date calcNextFixedRateExpiration(GlassFish timer) {
            return new Date(7);
        }

        protected Date calcNextFixedRateExpiration(Date first, long interval) {
            throw new IllegalStateException();
        }

        protected void scheduleTask(String key, Date next) {
            done.add(key + " at " + next.getTime());
        }

        public void addWork(Runnable work) {
            work.run();
        }

        private void deliverTimeout(String key) {
            done.add(key + " ran");
        }
    }

    /** What is a timer service has a class of its own for some kinds of timers. */
    public final class PersistentGlassFish extends GlassFish {
        PersistentGlassFish() {
            super(false);
        }
    }

    @Test
    void glassFish_ticksAreSkipped_andTheOthersHeld() throws Exception {
        become(true);
        assertStopped(at(WorkEntryPoint.EJB_TIMER_GLASSFISH, new GlassFish(true), "tick"));
        await("tick at 7");
        assertStopped(at(WorkEntryPoint.EJB_TIMER_GLASSFISH, new PersistentGlassFish(), "once"));
        assertEquals(1, held());
        assertEquals(1, stopped());
        become(false);
        await("once ran");
        assertEquals(0, held());
    }

    /** Liberty's {@code TimerNpRunnable}, {@code TimerNpImpl} and meta data in one. */
    @SuppressWarnings("unused")
    public final class Liberty {
        private final Liberty ivTimer = this;
        private final Liberty ivParsedScheduleExpression = null;
        private final String enterpriseBeanClassName = Jobs.class.getName();
        private final long ivInterval;
        private long ivRetries;
        private long expiration = System.currentTimeMillis() - 2500;

        Liberty(long ivInterval) {
            this.ivInterval = ivInterval;
        }

        public Liberty getBeanMetaData() {
            return this;
        }

        boolean isIvDestroyed() {
            return false;
        }

        long calculateNextExpiration() {
            return expiration += ivInterval;
        }

        void scheduleNext() {
            done.add(expiration > System.currentTimeMillis() ? "next" : "again");
        }

        void scheduleRetry(long after) {
            done.add("runs after " + after);
        }
    }

    @Test
    void liberty_ticksAreSkipped_andTheOthersHeld() throws Exception {
        become(true);
        assertStopped(at(WorkEntryPoint.EJB_TIMER_LIBERTY, new Liberty(60_000)));
        await("next");
        Liberty again = new Liberty(60_000);
        again.ivRetries = 1;
        assertStopped(at(WorkEntryPoint.EJB_TIMER_LIBERTY, again));
        assertStopped(at(WorkEntryPoint.EJB_TIMER_LIBERTY, new Liberty(-1)));
        assertEquals(2, held());
        become(false);
        await("runs after 0");
        await("runs after 0");
    }

    /** Liberty's {@code InvokerTask} and {@code PersistentExecutorImpl}, and a {@code PersistentTimerTaskHandler}. */
    @SuppressWarnings("unused")
    public final class LibertyPersistent implements Runnable {
        private final LibertyPersistent persistentExecutor = this;
        private final Executor scheduledExecutor = Runnable::run;
        private final boolean deactivated = false;
        private final short binaryFlags;
        private final Object parsedSchedule = null;
        private final long interval;
        private final String enterpriseBeanClassName = Jobs.class.getName();
        private long expectedExecTime = System.currentTimeMillis();

        LibertyPersistent(int binaryFlags, long interval) {
            this.binaryFlags = (short) binaryFlags;
            this.interval = interval;
        }

        LibertyPersistent getBeanMetaData() {
            return this;
        }

        @Override
        public void run() {
            try {
                Object told = at(WorkEntryPoint.EJB_TIMER_LIBERTY_PERSISTENT, this);
                if (told instanceof Object[]) {
                    return;
                }
                boolean skipped = at(WorkEntryPoint.EJB_TIMER_LIBERTY_HANDLER, this) != null;
                done.add(skipped ? "skipped" : "ran");
                if (told != null) {
                    ((BegunWork) told).ended(null);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void libertyPersistent_isHeldOutsideItsTransaction_andThenRunsOrIsSkipped() throws Exception {
        become(true);
        LibertyPersistent tick = new LibertyPersistent(16, 1000);
        LibertyPersistent once = new LibertyPersistent(16 | 1, -1);
        LibertyPersistent other = new LibertyPersistent(1, -1);
        tick.run();
        once.run();
        other.run();
        await("ran");
        assertNull(done.poll());
        become(false);
        await("skipped");
        await("ran");
        tick.expectedExecTime = Long.MAX_VALUE;
        tick.run();
        await("ran");
        become(true);
        tick.run();
        assertEquals(1, stopped(), "its class is known by now");
        assertEquals(0, held());
        become(false);
        await("ran");
    }
}
