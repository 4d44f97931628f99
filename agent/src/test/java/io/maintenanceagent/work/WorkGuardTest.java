package io.maintenanceagent.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WorkGuardTest {

    private static final String JOB = "com.acme.Job";

    private final ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));
    private final Enforcement enforcement = new Enforcement(new AtomicBoolean(), errors);
    private final WorkGuard guard = new WorkGuard(enforcement, errors);

    private void become(boolean on) {
        enforcement.enforce(EffectiveState.of(null, State.of(on), null));
    }

    @Test
    void unit_beganBeforeMaintenance_blocksUntilItEnds() {
        become(false);
        WorkUnit unit = guard.begin(WorkKind.SCHEDULES, JOB, JOB + ".tick");
        assertEquals(0, guard.snapshot(WorkKind.SCHEDULES).blocking());
        become(true);
        WorkSnapshot running = guard.snapshot(WorkKind.SCHEDULES);
        assertEquals(1, running.blocking());
        assertEquals(JOB + ".tick", running.oldest());
        assertEquals(0, guard.snapshot(WorkKind.MESSAGES).inFlight());
        unit.ended(null);
        unit.failed(new Error("told twice"));
        assertEquals(0, guard.snapshot(WorkKind.SCHEDULES).inFlight());
    }

    @Test
    void unit_inMaintenance_doesNotBegin() {
        become(true);
        assertNull(guard.begin(WorkKind.SCHEDULES, JOB, JOB));
        assertEquals(0, guard.snapshot(WorkKind.SCHEDULES).inFlight());
        assertNull(guard.current());
        become(false);
        assertNotNull(guard.begin(WorkKind.SCHEDULES, JOB, JOB));
    }

    @Test
    void unit_afterADetach_begins() {
        become(true);
        enforcement.open();
        assertNotNull(guard.begin(WorkKind.SCHEDULES, JOB, JOB));
    }

    @Test
    void override_stops() throws Exception {
        become(false);
        try (AutoCloseable override = enforcement.override().on(null)) {
            assertTrue(guard.stops(WorkKind.MESSAGES, JOB));
        }
        assertFalse(guard.stops(WorkKind.MESSAGES, JOB));
    }

    @Test
    void units_nested_areKnownByTheThread() {
        become(false);
        WorkUnit outer = guard.begin(WorkKind.MESSAGES, JOB, "outer");
        WorkUnit inner = guard.begin(WorkKind.JDBC, JOB, "inner");
        assertSame(inner, guard.current());
        assertTrue(guard.isWithin(WorkKind.MESSAGES));
        inner.end();
        assertSame(outer, guard.current());
        assertFalse(guard.isWithin(WorkKind.JDBC));
        outer.end();
        assertNull(guard.current());
    }

    /** Kafka's records are in flight until the next poll, maybe on another thread. */
    @Test
    void unit_endedElsewhere_isNotTheThreadsAnyMore() throws Exception {
        become(false);
        WorkUnit outer = guard.begin(WorkKind.SCHEDULES, JOB, "outer");
        WorkUnit inner = guard.begin(WorkKind.MESSAGES, JOB, "inner");
        Thread thread = new Thread(inner::end);
        thread.start();
        thread.join();
        assertFalse(guard.isWithin(WorkKind.MESSAGES));
        assertSame(outer, guard.current());
        WorkUnit another = guard.begin(WorkKind.MESSAGES, JOB, "another");
        outer.end();
        assertFalse(guard.isWithin(WorkKind.SCHEDULES));
        another.end();
        assertNull(guard.current());
    }

    @Test
    void idleUnit_isInFlight_inMaintenanceAlone() {
        become(false);
        WorkUnit unit = guard.begin(WorkKind.MESSAGES, JOB, "waits");
        unit.setIdle(true);
        assertEquals(0, guard.snapshot(WorkKind.MESSAGES).inFlight());
        become(true);
        assertEquals(1, guard.snapshot(WorkKind.MESSAGES).blocking());
        become(false);
        unit.setIdle(false);
        assertEquals(1, guard.snapshot(WorkKind.MESSAGES).inFlight());
        unit.end();
    }

    @Test
    void held_notWantedAnyMore_mustNotBegin() throws Exception {
        become(true);
        AtomicBoolean wanted = new AtomicBoolean(true);
        BlockingQueue<Boolean> went = new LinkedBlockingQueue<>();
        Thread thread = new Thread(() -> went.add(guard.hold(WorkKind.SCHEDULES, JOB, wanted::get)));
        thread.setDaemon(true);
        thread.start();
        awaitHeld(1);
        wanted.set(false);
        assertEquals(false, went.poll(10, TimeUnit.SECONDS));
        assertEquals(0, guard.snapshot(WorkKind.SCHEDULES).held());
    }

    @Test
    void held_go_inTheOrderInWhichTheyCame() throws Exception {
        become(true);
        BlockingQueue<Integer> went = new LinkedBlockingQueue<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                if (guard.hold(WorkKind.SCHEDULES, JOB)) {
                    went.add(number);
                }
            });
            thread.setDaemon(true);
            thread.start();
            awaitHeld(i + 1);
        }
        assertTrue(went.isEmpty());
        become(false);
        for (int i = 0; i < 5; i++) {
            assertNotNull(went.poll(10, TimeUnit.SECONDS));
        }
        assertEquals(0, guard.snapshot(WorkKind.SCHEDULES).held());
    }

    @Test
    void held_interrupted_mustNotBegin() throws Exception {
        become(true);
        BlockingQueue<List<Boolean>> went = new LinkedBlockingQueue<>();
        Thread thread = new Thread(() -> went.add(List.of(
                guard.hold(WorkKind.SCHEDULES, JOB), Thread.currentThread().isInterrupted())));
        thread.setDaemon(true);
        thread.start();
        awaitHeld(1);
        thread.interrupt();
        assertEquals(List.of(false, true), went.poll(10, TimeUnit.SECONDS));
        assertEquals(0, guard.snapshot(WorkKind.SCHEDULES).held());
    }

    private void awaitHeld(int count) throws InterruptedException {
        while (guard.snapshot(WorkKind.SCHEDULES).held() < count) {
            Thread.sleep(1);
        }
    }
}
