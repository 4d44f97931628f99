package io.maintenanceagent.inflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.maintenanceagent.api.RequestView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InFlightRequestsTest {

    private final InFlightRequests requests = new InFlightRequests();

    private record Named(String path) implements RequestView {
        @Override
        public String method() {
            return "GET";
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
    }

    private InFlightRequest begin(String path, boolean exempt) {
        InFlightRequest request = requests.begin(new Named(path));
        request.letIn(exempt);
        return request;
    }

    private InFlightSnapshot snapshot() {
        return requests.snapshot(request -> !request.path().equals("/free"), false, 0);
    }

    @Test
    void snapshot_manyRequests_countsAll() {
        Deque<InFlightRequest> running = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            running.push(begin("/" + i, false)); // all from one thread, as asynchronous ones may be
        }
        assertEquals(20_000, snapshot().sync());
        running.forEach(requests::leave);
        assertEquals(0, snapshot().total());
    }

    @Test
    void snapshot_oldest_isTheOldestThatBlocks() throws InterruptedException {
        InFlightRequest exempt = begin("/status", true);
        tickOn();
        InFlightRequest free = begin("/free", false);
        assertEquals("/status", snapshot().oldest().path());
        tickOn();
        InFlightRequest first = begin("/first", false);
        tickOn();
        InFlightRequest second = begin("/second", false);
        assertEquals("/first", snapshot().oldest().path());
        assertEquals(2, snapshot().blocking());
        assertEquals(1, snapshot().exempt());
        requests.leave(first);
        assertEquals("/second", snapshot().oldest().path());
        requests.leave(second);
        assertEquals(0, snapshot().blocking());
        requests.leave(exempt);
        assertEquals("/free", snapshot().oldest().path());
        requests.leave(free);
        assertNull(snapshot().oldest());
    }

    private void tickOn() throws InterruptedException {
        Thread.sleep(1);
        requests.tick();
    }

    @Test
    void leave_repeated_endsTheRequestOnce() {
        InFlightRequest over = begin("/over", false);
        requests.leave(over);
        InFlightRequest next = begin("/next", false); // in the same place
        requests.leave(over);
        assertSame(next.request(), snapshot().oldest());
        AsyncOperation operation = requests.startAsync(next);
        assertNotNull(operation);
        assertNull(requests.startAsync(next));
        requests.leave(next);
        requests.leave(next);
        assertEquals(1, snapshot().async());
        operation.complete();
        InFlightRequest last = begin("/last", false); // in the same place
        operation.complete();
        assertEquals(1, snapshot().total());
        requests.leave(last);
        assertEquals(0, snapshot().total());
    }

    @Test
    void snapshot_deadThread_isNotCounted() throws InterruptedException {
        Thread thread = new Thread(() -> {
            begin("/lost", false);
            requests.startAsync(begin("/waits", false));
        });
        thread.start();
        thread.join();
        assertEquals(1, snapshot().total());
        assertEquals("/waits", snapshot().oldest().path());
    }

    @Test
    void snapshot_droppedByTheContainer_isNotCounted() {
        AtomicBoolean dropped = new AtomicBoolean();
        InFlightRequest request = begin("/dropped", false);
        requests.startAsync(request).whenLost(dropped::get);
        assertEquals(1, snapshot().async());
        dropped.set(true);
        assertEquals(1, snapshot().sync()); // its thread is in it
        requests.leave(request);
        assertEquals(0, snapshot().total());
    }

    @Test
    void dispatch_reusedContainerRequest_belongsToTheLatest() {
        Object containerRequest = new Object();
        InFlightRequest dropped = begin("/dropped", false);
        requests.startAsync(dropped).isKnownAs(containerRequest);
        requests.leave(dropped);
        InFlightRequest latest = begin("/latest", false);
        AsyncOperation operation = requests.startAsync(latest);
        operation.isKnownAs(containerRequest);
        requests.leave(latest);
        InFlightRequest dispatch = requests.goOn(new Named("/latest"), containerRequest);
        assertSame(latest, dispatch.continued());
        operation.complete();
        assertEquals(2, snapshot().total(), "its thread is in the dispatch");
        requests.leave(dispatch);
        assertEquals(1, snapshot().total());
    }

    @Test
    void dispatch_deadThread_isNotCounted() throws InterruptedException {
        Object containerRequest = new Object();
        InFlightRequest request = begin("/", false);
        AsyncOperation operation = requests.startAsync(request);
        operation.isKnownAs(containerRequest);
        requests.leave(request);
        Thread dying = new Thread(() -> requests.goOn(new Named("/"), containerRequest));
        dying.start();
        dying.join();
        operation.complete();
        snapshot(); // finds it, perhaps after it has counted the request
        assertEquals(0, snapshot().total());
    }

    /** An undecided request is counted as one that blocks. */
    @Test
    void snapshot_undecidedRequest_isCounted() {
        InFlightRequest undecided = requests.begin(new Named("/undecided"));
        assertEquals(1, snapshot().blocking());
        requests.leave(undecided);
    }

    /** A count includes every request that began before it and runs after it. */
    @Test
    void snapshot_underLoad_missesNoRequest() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch began = new CountDownLatch(1);
        List<Future<?>> busy = new ArrayList<>();
        busy.add(pool.submit(() -> {
            InFlightRequest steady = begin("/steady", false);
            began.countDown();
            while (!done.get()) {
                Thread.onSpinWait();
            }
            requests.leave(steady);
        }));
        for (int i = 0; i < threads; i++) {
            busy.add(pool.submit(() -> {
                while (!done.get()) {
                    InFlightRequest outer = begin("/busy", false);
                    AsyncOperation operation = requests.startAsync(outer);
                    requests.leave(outer);
                    operation.complete();
                    requests.leave(begin("/busy", true));
                }
            }));
        }
        try {
            began.await();
            for (int i = 0; i < 2000; i++) {
                int[] steady = new int[1];
                requests.snapshot(
                        request -> {
                            steady[0] += request.path().equals("/steady") ? 1 : 0;
                            return true;
                        },
                        false,
                        0);
                assertEquals(1, steady[0]);
            }
        } finally {
            done.set(true);
            for (Future<?> future : busy) {
                future.get();
            }
            pool.shutdown();
        }
        assertEquals(0, snapshot().total());
    }
}
