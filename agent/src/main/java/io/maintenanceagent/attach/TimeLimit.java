package io.maintenanceagent.attach;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work that may never end on a daemon thread, and stops waiting when it times out: attaching to a stopped JVM
 * blocks as long as it is stopped.
 */
final class TimeLimit<T> {

    private final FutureTask<T> task;
    private final int seconds;
    private final long startNanos = System.nanoTime();

    private TimeLimit(FutureTask<T> task, int seconds) {
        this.task = task;
        this.seconds = seconds;
    }

    static <T> TimeLimit<T> start(int seconds, Callable<T> work) {
        FutureTask<T> task = new FutureTask<T>(work);
        Thread thread = new Thread(task, "maintenance-agent-attach");
        thread.setDaemon(true);
        thread.start();
        return new TimeLimit<T>(task, seconds);
    }

    /** Waits for the result. */
    T await() throws AttachException {
        try {
            long left = startNanos + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime();
            return task.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AttachException(
                    "does not answer within " + seconds + " s: it is stopped, or has no time",
                    "try again when it runs");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof AttachException) {
                throw (AttachException) cause;
            }
            throw new AttachException("cannot be asked (" + cause + ")", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AttachException("was not waited for", null);
        }
    }
}
