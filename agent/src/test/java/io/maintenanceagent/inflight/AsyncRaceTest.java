package io.maintenanceagent.inflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.api.RequestView;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two threads at once do what may end a request. None may stay in flight, and no place be lost. The profile
 * {@code stress} tries the same with all interleavings that jcstress finds.
 */
class AsyncRaceTest {

    private static final int ROUNDS = 200_000;
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(700); // a slow machine does fewer rounds

    /** In spins; what a task takes to reach the other thread is within it. */
    private static final int LONGEST_MOMENT = 100;

    private static final Runnable END = () -> {};

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

    private final InFlightRequests requests = new InFlightRequests();
    private final AtomicReference<Runnable> task = new AtomicReference<>();
    private final Thread other = new Thread(this::runTasks);

    @BeforeEach
    void start() {
        other.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        task.set(END);
        other.join();
    }

    @Test
    void leaveAndComplete_atOnce_endTheRequest() {
        repeat(() -> {
            InFlightRequest request = begun();
            AsyncOperation operation = requests.startAsync(request);
            atOnce(operation::complete);
            requests.leave(request);
        });
    }

    /** Completed by two: the container tells the end, and so does whoever finds out that it has dropped the request. */
    @Test
    void complete_byTwo_endsTheRequestOnce() {
        repeat(() -> {
            InFlightRequest request = begun();
            AsyncOperation operation = requests.startAsync(request);
            requests.leave(request);
            atOnce(operation::complete);
            operation.complete();
            InFlightRequest next = begun(); // perhaps in the same place
            awaitTask();
            assertEquals(1, requests.snapshot(view -> true, false, 0).total());
            requests.leave(next);
        });
    }

    @Test
    void dispatchThatStartsAgain_andCompletion_atOnce() {
        Object containerRequest = new Object();
        repeat(() -> {
            InFlightRequest request = begun();
            AsyncOperation first = requests.startAsync(request);
            first.isKnownAs(containerRequest);
            requests.leave(request);
            atOnce(first::complete);
            InFlightRequest dispatch = requests.goOn(REQUEST, containerRequest);
            AsyncOperation second = requests.startAsync(dispatch);
            requests.leave(dispatch);
            second.complete();
        });
    }

    private InFlightRequest begun() {
        InFlightRequest request = requests.begin(REQUEST);
        request.letIn(false);
        return request;
    }

    private void repeat(Runnable round) {
        long begun = System.nanoTime();
        for (int i = 0; i < ROUNDS && System.nanoTime() - begun < LIMIT_NANOS; i++) {
            round.run();
            awaitTask();
            assertEquals(0, requests.snapshot(view -> true, false, 0).total(), "after round " + i);
        }
    }

    /** Has the other thread do it, which takes a moment that is never the same. */
    private void atOnce(Runnable what) {
        task.set(what);
        for (int i = ThreadLocalRandom.current().nextInt(LONGEST_MOMENT); i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    private void awaitTask() {
        while (task.get() != null) {
            Thread.onSpinWait();
        }
    }

    private void runTasks() {
        while (true) {
            Runnable next = task.get();
            if (next == END) {
                return;
            }
            if (next != null) {
                next.run();
                task.set(null);
            }
            Thread.onSpinWait();
        }
    }
}
