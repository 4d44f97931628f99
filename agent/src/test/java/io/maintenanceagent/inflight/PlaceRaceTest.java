package io.maintenanceagent.inflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.maintenanceagent.api.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several threads find a place to free, and others take it at once. */
class PlaceRaceTest {

    private static final int ROUNDS = 20;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10); // a slow machine does fewer rounds

    /** So many that a counter is interrupted now and then while it gives one of their places back. */
    private static final int DEAD = 100_000;

    private static final int COUNTERS = 4;

    /** So many that one of them takes that place meanwhile. */
    private static final int STRANGERS = 100_000;

    private final InFlightRequests requests = new InFlightRequests();

    private static final RequestView REQUEST = new RequestView() {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public String contextPath() {
            return "";
        }

        @Override
        public String host() {
            return "";
        }

        @Override
        public String header(String name) {
            return null;
        }
    };

    @Test
    void snapshot_deadThreadFoundByTwo_freesItsPlaceOnce() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(COUNTERS + 1);
        CyclicBarrier together = new CyclicBarrier(COUNTERS + 1);
        long begun = System.nanoTime();
        try {
            for (int round = 0; round < ROUNDS && System.nanoTime() - begun < LIMIT_NANOS; round++) {
                Thread dying = new Thread(() -> {
                    for (int i = 0; i < DEAD; i++) {
                        requests.begin(REQUEST).letIn(false);
                    }
                });
                dying.start();
                dying.join();
                AtomicInteger counting = new AtomicInteger(COUNTERS);
                List<Future<?>> done = new ArrayList<>();
                for (int counter = 0; counter < COUNTERS; counter++) {
                    done.add(pool.submit(() -> {
                        together.await();
                        requests.snapshot(request -> true, false, 0);
                        counting.decrementAndGet();
                        return null;
                    }));
                }
                done.add(pool.submit(() -> {
                    together.await();
                    List<InFlightRequest> strangers = new ArrayList<>();
                    while (counting.get() > 0 && strangers.size() < STRANGERS) {
                        InFlightRequest stranger = requests.begin(REQUEST);
                        stranger.letIn(false);
                        strangers.add(stranger);
                    }
                    while (counting.get() > 0) {
                        Thread.onSpinWait();
                    }
                    for (InFlightRequest stranger : strangers) {
                        assertSame(stranger, requests.with(stranger.ticket()));
                        requests.leave(stranger);
                    }
                    return null;
                }));
                for (Future<?> each : done) {
                    each.get();
                }
                assertEquals(0, requests.snapshot(request -> true, false, 0).total(), "round " + round);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
