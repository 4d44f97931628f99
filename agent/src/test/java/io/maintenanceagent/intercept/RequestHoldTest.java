package io.maintenanceagent.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.SuspendableExchange;
import io.maintenanceagent.state.Admit;
import io.maintenanceagent.state.Hold;
import io.maintenanceagent.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that wait for the end of maintenance. */
class RequestHoldTest {

    private static final State HOLDING = holding(60, 100).build();

    private final FakeContainer container = new FakeContainer();

    private static State.Builder holding(int seconds, int requests) {
        return new State.Builder(true).hold(new Hold(seconds, requests));
    }

    @BeforeEach
    void serve() {
        container.dispatch("REQUEST");
        container.answers.put("getRequestURI", "/shop/x");
    }

    @AfterEach
    void end() {
        container.enforce(State.OFF);
    }

    private static <T> FutureTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private FutureTask<Long> request() {
        return start(() -> {
            long told = container.enter("jakarta");
            if (told > 0) {
                container.interceptor.ends(told);
            }
            return told;
        });
    }

    private void awaitWaiting(int number) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (container.counts.waiting() != number) {
            assertTrue(System.nanoTime() < end, () -> container.counts.waiting() + " wait, not " + number);
            Thread.sleep(1);
        }
    }

    private static long get(FutureTask<Long> task) throws Exception {
        return task.get(20, TimeUnit.SECONDS);
    }

    @Test
    void held_untilMaintenanceEnds_isLetInThen() throws Exception {
        container.enforce(HOLDING);
        FutureTask<Long> request = request();
        awaitWaiting(1);
        assertEquals(0, container.inFlight().total(), "it is not in flight");
        container.enforce(State.OFF);
        assertTrue(get(request) > 0);
        assertEquals(0, container.counts.waiting());
        assertEquals(1, container.counts.heldCount());
        assertEquals(0, container.counts.refusedCount());
        assertEquals(0, container.inFlight().total());
    }

    @Test
    void held_untilItsTimeIsUp_isRefused() throws Exception {
        container.enforce(holding(1, 100).build());
        long began = System.nanoTime();
        assertEquals(MaintenanceHook.REFUSED, get(request()));
        assertTrue(System.nanoTime() - began > TimeUnit.MILLISECONDS.toNanos(900), "refused too early");
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"), "at once, after the time");
        assertEquals(1, container.counts.heldCount());
        assertEquals(2, container.counts.refusedCount());
    }

    @Test
    void held_tooMany_theSurplusIsRefusedAtOnce() throws Exception {
        container.enforce(holding(60, 3).build());
        List<FutureTask<Long>> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            requests.add(request());
            awaitWaiting(i + 1);
        }
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"));
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"));
        container.enforce(State.OFF);
        for (FutureTask<Long> request : requests) {
            assertTrue(get(request) > 0);
        }
        assertEquals(2, container.counts.refusedCount());
    }

    @Test
    void held_stateWithoutHold_isRefusedAtOnce() throws Exception {
        container.enforce(HOLDING);
        FutureTask<Long> request = request();
        awaitWaiting(1);
        container.enforce(State.ON);
        assertEquals(MaintenanceHook.REFUSED, get(request));
    }

    @Test
    void held_newMessage_waitsOn() throws Exception {
        container.enforce(HOLDING);
        FutureTask<Long> request = request();
        awaitWaiting(1);
        container.enforce(holding(60, 100).message("still").build());
        Thread.sleep(50);
        assertFalse(request.isDone());
        container.enforce(State.OFF);
        assertTrue(get(request) > 0);
    }

    /** An override refuses, whatever the state says. */
    @Test
    void override_doesNotHold() throws Exception {
        container.enforce(HOLDING);
        container.enforcement.override().on("now");
        assertEquals(MaintenanceHook.REFUSED, get(request()));
    }

    @Test
    void rule_doesNotHold() throws Exception {
        container.apply(FakeContainer.policy("{'rules': [{'path': '/shop/x', 'maintenance': 'on'}]}"));
        container.enforce(HOLDING);
        assertEquals(MaintenanceHook.REFUSED, get(request()));
    }

    @Test
    void agentThatLeaves_letsThemGoOn() throws Exception {
        container.enforce(HOLDING);
        FutureTask<Long> request = request();
        awaitWaiting(1);
        container.enforcement.open();
        assertTrue(get(request) > 0);
    }

    @Test
    void interrupted_isRefusedAndStaysInterrupted() throws Exception {
        container.enforce(HOLDING);
        CountDownLatch began = new CountDownLatch(1);
        Thread[] thread = new Thread[1];
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            began.countDown();
            return container.enter("jakarta") == MaintenanceHook.REFUSED
                    && Thread.currentThread().isInterrupted();
        });
        thread[0] = new Thread(task);
        thread[0].start();
        awaitWaiting(1);
        thread[0].interrupt();
        assertTrue(task.get(20, TimeUnit.SECONDS));
        assertEquals(0, container.counts.waiting());
    }

    /** What counts is when maintenance began, not when this request came, nor when the state was written anew. */
    @Test
    void time_countsFromTheBeginOfMaintenance() {
        Instant now = Instant.now();
        container.enforce(holding(10, 1).window(now.minusSeconds(60), null).build());
        assertFalse(container.enforcement.isHolding(), "by its own word it began a minute ago");
        container.enforce(State.OFF);
        container.enforce(holding(10, 1).window(now.minusSeconds(2), null).build());
        assertTrue(container.enforcement.isHolding());
        container.enforce(State.OFF);
        container.enforce(holding(10, 1).window(now.plusSeconds(60), null).build());
        assertFalse(container.enforcement.isHolding(), "it has not begun");
        container.enforce(State.OFF);
        container.enforce(holding(10, 1).build());
        container.enforce(holding(10, 1).window(now.minusSeconds(60), null).build());
        assertTrue(container.enforcement.isHolding(), "it goes on");
        container.enforce(
                new State.Builder(true).window(null, now.minusSeconds(1)).build());
        container.enforce(holding(10, 1).build());
        assertTrue(container.enforcement.isHolding(), "the maintenance before was over");
    }

    @Test
    void share_isLetInAndTheRestWaits() throws Exception {
        container.answers.put("getRemoteAddr", "192.0.2.1");
        container.enforce(holding(60, 10).admit(Admit.percent(100)).build());
        long told = container.enter("jakarta");
        assertTrue(told > 0);
        assertEquals(1, container.counts.admittedCount());
        assertEquals(0, container.counts.exemptCount() + container.counts.passedCount());
        assertTrue(
                container.calls.stream()
                        .anyMatch(call -> call.startsWith("setHeader [Set-Cookie, maintenance-admitted=")),
                () -> container.calls.toString());
        container.enforce(holding(60, 10).admit(Admit.percent(0)).build());
        FutureTask<Long> other = request();
        awaitWaiting(1);
        container.interceptor.ends(told);
        container.enforce(State.OFF);
        assertTrue(get(other) > 0);
    }

    /** A server whose requests need no thread while they wait. */
    private final class Loop implements SuspendableExchange, ResponseSink {
        final CountDownLatch entered = new CountDownLatch(1);
        private final int threads;
        private final boolean mayWait;
        private Runnable gone;
        private volatile RenderedResponse sent;

        Loop(int threads, boolean mayWait) {
            this.threads = threads;
            this.mayWait = mayWait;
        }

        @Override
        public Runnable suspend(Runnable left) {
            gone = left;
            return entered::countDown;
        }

        @Override
        public boolean mayWait() {
            return mayWait;
        }

        @Override
        public int serverThreads() {
            return threads;
        }

        @Override
        public RequestSnapshot requestSnapshot() {
            return RequestSnapshot.copy(request());
        }

        @Override
        public boolean mayAuthenticate() {
            return false;
        }

        @Override
        public RequestView request() {
            return new RequestView() {
                @Override
                public String method() {
                    return "GET";
                }

                @Override
                public String path() {
                    return "/x";
                }

                @Override
                public String contextPath() {
                    return "";
                }

                @Override
                public String host() {
                    return "example.com";
                }

                @Override
                public String header(String name) {
                    return null;
                }
            };
        }

        @Override
        public ResponseSink response() {
            return this;
        }

        @Override
        public boolean isCommitted() {
            return false;
        }

        @Override
        public void setHeader(String name, String value) {}

        @Override
        public void reset() {}

        @Override
        public void send(RequestView request, RenderedResponse reply) {
            sent = reply;
        }
    }

    @Test
    void suspended_comesToItsEntryPointAgain() throws Exception {
        container.enforce(HOLDING);
        Loop loop = new Loop(0, false);
        assertEquals(MaintenanceHook.REFUSED, container.interceptor.exchangeBegins(loop), "its method returns");
        assertEquals(null, loop.sent, "without an answer");
        assertEquals(1, container.counts.waiting());
        assertEquals(0, container.inFlight().total());
        container.enforce(State.OFF);
        assertTrue(loop.entered.await(20, TimeUnit.SECONDS));
        assertTrue(container.interceptor.exchangeBegins(loop) > 0);
        assertEquals(0, container.counts.waiting());
        assertEquals(0, container.counts.refusedCount());
    }

    @Test
    void suspended_clientGoesAway_freesItsPlace() throws Exception {
        container.enforce(holding(60, 1).build());
        Loop loop = new Loop(0, false);
        container.interceptor.exchangeBegins(loop);
        Loop surplus = new Loop(0, false);
        container.interceptor.exchangeBegins(surplus);
        assertEquals(503, surplus.sent.status());
        loop.gone.run();
        loop.gone.run();
        assertEquals(0, container.counts.waiting());
        container.interceptor.exchangeBegins(new Loop(0, false));
        assertEquals(1, container.counts.waiting());
        container.enforce(State.OFF);
        assertFalse(loop.entered.await(100, TimeUnit.MILLISECONDS));
    }

    /** Half of the threads are for those that are let in, whatever the state says. */
    @Test
    void fewThreads_halfOfThemWaitAtTheMost() throws Exception {
        container.enforce(HOLDING);
        List<FutureTask<Long>> held = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            held.add(start(() -> container.interceptor.exchangeBegins(new Loop(8, true))));
            awaitWaiting(i + 1);
        }
        Loop surplus = new Loop(8, true);
        assertEquals(MaintenanceHook.REFUSED, container.interceptor.exchangeBegins(surplus));
        assertEquals(503, surplus.sent.status());
        assertTrue(container.errors.last().contains("this server has 8 threads; 4 wait at the most"));
        container.enforce(State.OFF);
        for (FutureTask<Long> task : held) {
            assertTrue(get(task) > 0);
        }
    }

    @Test
    void began_isTakenOverByTheNextState() {
        for (State next : Arrays.asList(
                holding(60, 1).build(), holding(60, 2).message("m").build())) {
            container.enforce(next);
            assertTrue(container.enforcement.isHolding());
        }
    }
}
