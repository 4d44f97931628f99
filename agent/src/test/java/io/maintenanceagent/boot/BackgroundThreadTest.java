package io.maintenanceagent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundThreadTest {

    private static final long NEVER = TimeUnit.DAYS.toMillis(1);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(out, true));
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private volatile Throwable thrown;

    private final BackgroundThread background = new BackgroundThread(
            "the test's",
            () -> {
                Throwable failure = thrown;
                thread.set(Thread.currentThread());
                runs.incrementAndGet();
                begun.release();
                mayEnd.acquireUninterruptibly();
                if (failure != null) {
                    BackgroundThreadTest.<Error>sneak(failure);
                }
            },
            NEVER,
            "it hangs",
            errors);

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void awaitRun() throws InterruptedException {
        assertTrue(begun.tryAcquire(10, TimeUnit.SECONDS), "no job");
    }

    @AfterEach
    void end() throws InterruptedException {
        mayEnd.release(1000);
        background.end(() -> {});
        assertTrue(background.awaitEnd(System.nanoTime() + TimeUnit.SECONDS.toNanos(10)));
    }

    @Test
    void wake_whileBusy_runsOnceMore() throws InterruptedException {
        background.wake();
        awaitRun();
        for (int i = 0; i < 10; i++) {
            background.wake();
        }
        mayEnd.release();
        awaitRun();
        mayEnd.release();
        assertFalse(begun.tryAcquire(200, TimeUnit.MILLISECONDS), "ten times is once");
        background.wake();
        awaitRun();
        assertEquals(3, runs.get());
    }

    @Test
    void job_anyError_goesOnAndSaysSo() throws InterruptedException {
        for (Throwable error : new Throwable[] {
            new OutOfMemoryError("as asked"),
            new StackOverflowError("as asked"),
            new ThreadDeath(),
            new Exception("as asked")
        }) {
            thrown = error;
            mayEnd.release();
            background.wake();
            awaitRun();
        }
        thrown = null;
        background.wake();
        awaitRun();
        errors.flush();
        assertTrue(out.toString().contains("the thread the test's could not do its work (java.lang.OutOfMemoryError"));
        assertTrue(out.toString().contains("ThreadDeath"), out::toString);
    }

    /** As applications do to all threads that they find. */
    @Test
    void interrupts_betweenJobs_neitherWakeNorSpin() throws InterruptedException {
        mayEnd.release(1000);
        background.wake();
        awaitRun();
        for (int i = 0; i < 50; i++) {
            thread.get().interrupt();
            Thread.sleep(2);
        }
        assertEquals(1, runs.get());
        background.wake();
        awaitRun();
    }

    @Test
    void job_isIdleBetweenJobs() throws InterruptedException {
        assertEquals(HangDetector.Watched.IDLE, background.job());
        background.wake();
        awaitRun();
        long job = background.job();
        assertTrue(job > 0);
        mayEnd.release();
        background.wake();
        awaitRun();
        assertTrue(background.job() > job);
    }

    @Test
    void end_doesTheLastJobAndNoneAfterIt() throws InterruptedException {
        background.wake();
        awaitRun();
        Semaphore last = new Semaphore(0);
        background.end(last::release);
        assertFalse(background.awaitEnd(System.nanoTime()), "it is busy");
        mayEnd.release();
        assertTrue(last.tryAcquire(10, TimeUnit.SECONDS));
        assertTrue(background.awaitEnd(System.nanoTime() + TimeUnit.SECONDS.toNanos(10)));
        background.wake();
        background.keepAlive();
        assertEquals(1, runs.get());
    }
}
