package io.maintenanceagent.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.hold.HoldQueue.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldQueueTest {

    private volatile Phase phase = Phase.HOLDING;
    private final HoldQueue queue = new HoldQueue(() -> phase);
    private final BlockingQueue<Integer> gone = new LinkedBlockingQueue<>();

    private Runnable request(int number) {
        return () -> gone.add(number);
    }

    private void becomes(Phase next) {
        phase = next;
        queue.wake();
    }

    private int next() throws InterruptedException {
        Integer number = gone.poll(10, TimeUnit.SECONDS);
        assertNotNull(number, "nobody goes on");
        return number;
    }

    @AfterEach
    void end() {
        becomes(Phase.EXPIRED);
    }

    @Test
    void held_atTheEndOfMaintenance_goOnInTheirOrder() throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            assertTrue(queue.add(request(i), 300));
        }
        assertNull(gone.poll(50, TimeUnit.MILLISECONDS), "it goes on too early");
        long began = System.nanoTime();
        becomes(Phase.OVER);
        for (int i = 0; i < 300; i++) {
            assertEquals(i, next());
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(millis >= 250, () -> "all at once, in " + millis + " ms");
        assertEquals(0, queue.size());
    }

    @Test
    void held_whenTheirTimeIsUp_goOnAtOnce() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            queue.add(request(i), 10);
        }
        becomes(Phase.EXPIRED);
        for (int i = 0; i < 10; i++) {
            assertEquals(i, next());
        }
    }

    @Test
    void add_overTheLimit_isNotHeld() throws InterruptedException {
        Runnable first = request(1);
        assertTrue(queue.add(first, 2));
        assertTrue(queue.add(request(2), 2));
        assertFalse(queue.add(request(3), 2));
        assertTrue(queue.remove(first), "its client goes away");
        assertFalse(queue.remove(first));
        assertTrue(queue.add(request(4), 2));
        becomes(Phase.OVER);
        assertEquals(2, next());
        assertEquals(4, next());
    }

    @Test
    void held_thatFails_holdsUpNobody() throws InterruptedException {
        queue.add(
                () -> {
                    throw new IllegalStateException("of a server");
                },
                2);
        queue.add(request(2), 2);
        becomes(Phase.OVER);
        assertEquals(2, next());
    }

    /** Maintenance that comes back while they go on lets the rest wait again. */
    @Test
    void held_maintenanceComesBack_waitOn() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            queue.add(request(i), 1000);
        }
        becomes(Phase.OVER);
        assertEquals(0, next());
        becomes(Phase.HOLDING);
        while (gone.poll(100, TimeUnit.MILLISECONDS) != null) {
            // those that were on their way
        }
        assertTrue(queue.size() > 0, "all went on");
        int left = queue.size();
        becomes(Phase.OVER);
        for (int i = 0; i < left; i++) {
            next();
        }
    }

    private FutureTask<Boolean> waiting(List<Thread> threads, long millis) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            HeldThread held = new HeldThread();
            queue.add(held, 100);
            return held.await(queue, millis);
        });
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
        return task;
    }

    @Test
    void heldThread_waitsUntilItIsTold() throws Exception {
        List<Thread> threads = new ArrayList<>();
        FutureTask<Boolean> task = waiting(threads, 60_000);
        while (queue.size() == 0) {
            Thread.onSpinWait();
        }
        assertFalse(task.isDone());
        becomes(Phase.OVER);
        assertTrue(task.get(10, TimeUnit.SECONDS));
    }

    @Test
    void heldThread_interrupted_leavesTheQueue() throws Exception {
        List<Thread> threads = new ArrayList<>();
        FutureTask<Boolean> task = waiting(threads, 60_000);
        while (queue.size() == 0) {
            Thread.onSpinWait();
        }
        threads.get(0).interrupt();
        assertFalse(task.get(10, TimeUnit.SECONDS));
        assertEquals(0, queue.size());
    }

    /** Nobody waits for ever, even if the queue's thread should have died. */
    @Test
    void heldThread_notTold_goesOnWhenItsTimeIsUp() throws Exception {
        FutureTask<Boolean> task = waiting(new ArrayList<>(), -1990);
        assertFalse(task.get(10, TimeUnit.SECONDS));
        assertEquals(0, queue.size());
    }
}
