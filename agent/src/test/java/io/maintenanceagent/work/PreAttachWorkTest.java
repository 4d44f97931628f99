package io.maintenanceagent.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.LongJob;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.quartz.core.JobRunShell;

/** What had begun when the agent was attached, by the stack of its thread. */
class PreAttachWorkTest {

    private final Enforcement enforcement =
            new Enforcement(new AtomicBoolean(), new ErrorReporter(new PrintStream(new ByteArrayOutputStream())));
    private final WorkGuard guard = new WorkGuard(enforcement, new ErrorReporter(System.err));
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::work, "worker");

    private void work() {
        try {
            while (true) {
                tasks.take().run();
            }
        } catch (InterruptedException ended) {
            // by the test
        }
    }

    private WorkSnapshot jobs() {
        return guard.snapshot(WorkKind.SCHEDULES);
    }

    private LongJob begin(Runnable last) throws InterruptedException {
        LongJob job = new LongJob(last);
        tasks.add(new JobRunShell(job));
        thread.setDaemon(true);
        thread.start();
        job.begun.await();
        return job;
    }

    private void finish(LongJob job) throws InterruptedException {
        CountDownLatch after = new CountDownLatch(1);
        tasks.add(after::countDown);
        job.end.countDown();
        after.await();
    }

    @Test
    void find_runningJob_isInFlightUntilItsThreadHasLeftIt() throws Exception {
        enforcement.enforce(EffectiveState.of(null, State.ON, null));
        AtomicBoolean within = new AtomicBoolean();
        LongJob job = begin(() -> within.set(guard.earlier().isOnThread()));
        guard.earlier().find(List.of(WorkKind.SCHEDULES), List.of());
        assertEquals(1, jobs().blocking());
        assertEquals(LongJob.class.getName() + ".run, since before the attach", jobs().oldest());
        assertEquals(0, guard.snapshot(WorkKind.MESSAGES).inFlight());
        finish(job);
        assertTrue(within.get(), "what it writes is its own");
        assertEquals(0, jobs().inFlight());
        thread.interrupt();
    }

    @Test
    void find_otherKindIsGuarded_isNotLookedFor() throws Exception {
        LongJob job = begin(() -> {});
        guard.earlier().find(List.of(WorkKind.MESSAGES), List.of());
        assertEquals(0, jobs().inFlight());
        finish(job);
        thread.interrupt();
    }

    /** The next job on the same thread looks the same on its stack. */
    @Test
    void find_nextJobOnItsThread_isAnotherOne() throws Exception {
        enforcement.enforce(EffectiveState.of(null, State.ON, null));
        LongJob job = begin(() -> {});
        guard.earlier().find(List.of(WorkKind.SCHEDULES), List.of());
        LongJob next = new LongJob(() -> {});
        AtomicBoolean within = new AtomicBoolean(true);
        tasks.add(new JobRunShell(() -> {
            WorkUnit unit = guard.beginDecided(WorkKind.SCHEDULES, "com.acme.Next", "next");
            within.set(guard.earlier().isOnThread());
            next.run();
            unit.end();
        }));
        job.end.countDown();
        next.begun.await();
        assertEquals(1, jobs().inFlight());
        assertEquals("next", jobs().oldest());
        assertFalse(within.get());
        finish(next);
        thread.interrupt();
    }
}
