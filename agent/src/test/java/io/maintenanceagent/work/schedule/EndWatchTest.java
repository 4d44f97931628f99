package io.maintenanceagent.work.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.work.WorkGuard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndWatchTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said));
    private final WorkGuard guard = new WorkGuard(new Enforcement(new AtomicBoolean(), errors), errors);

    /** Where no thread is to be had for an executor, say: what is held must not stay held for ever. */
    @Test
    void look_fails_looksAgain() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch again = new CountDownLatch(1);
        EndWatch watch = new EndWatch(guard) {
            @Override
            boolean look() {
                if (looks.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                again.countDown();
                return false;
            }
        };
        synchronized (watch) {
            watch.watch();
        }
        assertTrue(again.await(20, TimeUnit.SECONDS), "it has given up");
        errors.flush();
        assertTrue(
                said.toString().contains("what waits for the end of maintenance could not be looked at"),
                said::toString);
    }
}
