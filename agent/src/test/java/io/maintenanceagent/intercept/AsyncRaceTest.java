package io.maintenanceagent.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dispatch that starts asynchronous processing anew, while another thread completes the request. */
class AsyncRaceTest {

    private static final int ROUNDS = 30_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20); // a slow machine does fewer rounds

    private final FakeContainer container = new FakeContainer();
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private HttpServletRequest request;
    private FakeAsyncContext context;

    @BeforeEach
    void requestIsAsynchronous() throws Exception {
        request = (HttpServletRequest) container.fake("jakarta.servlet.http.HttpServletRequest");
        begin();
    }

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    private void begin() throws Exception {
        context = new FakeAsyncContext(request);
        container.dispatch("REQUEST");
        long begun = container.enter(request);
        container.interceptor.startsAsync(context, begun);
        container.interceptor.ends(begun);
        container.dispatch("ASYNC");
    }

    private int inFlight() {
        return container.inFlight().total();
    }

    @Test
    void completed_betweenTheRestartAndItsReport_isOver() throws Exception {
        long dispatched = container.enter(request);
        context.startAgain();
        context.complete();
        container.interceptor.startsAsync(context, dispatched);
        assertEquals(1, inFlight());
        container.interceptor.ends(dispatched);
        assertEquals(0, inFlight());
    }

    /** As Tomcat's facade, and the request behind it. */
    @Test
    void completed_betweenTwoReportsOfOneRestart_isOver() throws Exception {
        long dispatched = container.enter(request);
        context.startAgain();
        container.interceptor.startsAsync(context, dispatched);
        context.complete();
        container.interceptor.startsAsync(context, dispatched);
        container.interceptor.ends(dispatched);
        assertEquals(0, inFlight());
    }

    @Test
    void completed_betweenTwoReportsOfOneStart_isOver() throws Exception {
        context.complete();
        context = new FakeAsyncContext(request);
        container.dispatch("REQUEST");
        long begun = container.enter(request);
        container.interceptor.startsAsync(context, begun);
        context.complete();
        container.interceptor.startsAsync(context, begun);
        container.interceptor.ends(begun);
        assertEquals(0, inFlight());
    }

    /** The container has told the completion, and forgotten its listeners: what starts then is awaited anew. */
    @Test
    void completed_beforeTheRestart_isInFlightUntilTheNextCompletion() throws Exception {
        long dispatched = container.enter(request);
        context.complete();
        context.startAgain();
        container.interceptor.startsAsync(context, dispatched);
        container.interceptor.ends(dispatched);
        assertEquals(1, inFlight());
        long again = container.enter(request);
        context.startAgain();
        container.interceptor.startsAsync(context, again);
        container.interceptor.ends(again);
        assertEquals(1, inFlight());
        context.complete();
        assertEquals(0, inFlight());
    }

    /** A late or doubled report of an earlier completion ends nothing that began after it. */
    @Test
    void restartAndCompletion_atTheSameTime_countWhatIsThere() throws Exception {
        Random random = new Random(1);
        CyclicBarrier together = new CyclicBarrier(2);
        long begun = System.nanoTime();
        for (int round = 0; round < ROUNDS && System.nanoTime() - begun < PATIENCE_NANOS; round++) {
            FakeAsyncContext current = context;
            int completerWaits = random.nextInt(400);
            int dispatchWaits = random.nextInt(400);
            Future<?> completion = other.submit(() -> {
                together.await();
                spin(completerWaits);
                current.complete();
                return null;
            });
            together.await();
            spin(dispatchWaits);
            long dispatched = container.enter(request);
            current.startAgain();
            container.interceptor.startsAsync(current, dispatched);
            assertTrue(inFlight() >= 1, "its thread is in it");
            container.interceptor.ends(dispatched);
            completion.get();
            if (!current.isCompleted()) {
                assertEquals(1, inFlight(), "round " + round);
                current.complete();
            }
            assertEquals(0, inFlight(), "round " + round);
            begin();
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }
}
