package io.maintenanceagent.work.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The JDK's executor; what is woven in the product is called by the test. */
class HeldTasksTest {

    private final ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));
    private final Enforcement enforcement = new Enforcement(new AtomicBoolean(), errors);
    private final WorkGuard guard = new WorkGuard(enforcement, errors);
    private final SpringOnceAdapter adapter = new SpringOnceAdapter(guard);
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();

    /** Stands for Spring's scheduler. */
    public ScheduledThreadPoolExecutor getScheduledExecutor() {
        return executor;
    }

    @AfterEach
    void tearDown() {
        executor.shutdownNow();
    }

    private void become(boolean on) {
        enforcement.enforce(EffectiveState.of(null, State.of(on), null));
    }

    /** Gives a task to the scheduler, which has not run it yet. */
    private Future<?> give(String name) {
        Runnable task = () -> ran.add(name);
        Object given = adapter.begins(WorkEntryPoint.SPRING_ONCE, new Object[] {this, task, null});
        Future<?> future = executor.schedule(task, 1, TimeUnit.DAYS);
        ((BegunWork) given).ended(future);
        assertTrue(SpringOnceAdapter.isOnce(task));
        return future;
    }

    /** What the executor does when it is due; returns whether it was held. */
    private boolean isDue(Future<?> future) {
        executor.getQueue().remove(future);
        boolean held = adapter.begins(WorkEntryPoint.JDK_SCHEDULED, new Object[] {future, null, null}) != null;
        if (!held) {
            executor.execute((Runnable) future);
        }
        return held;
    }

    private int held() {
        return guard.snapshot(WorkKind.SCHEDULES).held();
    }

    @Test
    void task_inMaintenance_isHeldUnlessItIsCancelled() throws Exception {
        become(true);
        Future<?> first = give("first");
        Future<?> second = give("second");
        assertTrue(isDue(first) && isDue(second));
        assertEquals(2, held());
        first.cancel(false);
        await(1);
        become(false);
        await(0);
        assertFalse(second.isCancelled());
        assertTrue(executor.getQueue().contains(second), "it is due when its time has come");
        assertNull(ran.poll());
    }

    @Test
    void task_whileOffOrUnknown_runs() throws Exception {
        become(false);
        assertFalse(isDue(give("first")));
        become(true);
        assertFalse(isDue(executor.schedule(() -> ran.add("other"), 1, TimeUnit.DAYS)));
        assertEquals(0, held());
    }

    @Test
    void task_ofAnExecutorThatEnds_isItsOwn() throws Exception {
        become(true);
        Future<?> first = give("first");
        assertTrue(isDue(first));
        executor.shutdownNow();
        await(0);
        executor.getQueue().clear();
        assertNull(adapter.begins(WorkEntryPoint.JDK_SCHEDULED, new Object[] {first, null, null}));
    }

    private void await(int count) throws InterruptedException {
        while (held() > count) {
            Thread.sleep(1);
        }
        assertEquals(count, held());
    }
}
