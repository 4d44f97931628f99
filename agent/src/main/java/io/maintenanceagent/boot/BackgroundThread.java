package io.maintenanceagent.boot;

import io.maintenanceagent.report.ErrorReporter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A daemon thread that does one job again and again: once in a period, and soon after it is asked to. Whoever asks
 * waits for nothing. What is asked for while the job runs is done once more afterwards, however often it was asked for.
 *
 * <p>The thread is made when it is first asked for. One that has died, or that could not be made for lack of threads or
 * memory, is made at the next asking. A job that fails is reported, and done again when it is its time. Safe for any
 * thread.
 */
final class BackgroundThread implements HangDetector.Watched {

    /** Applications that interrupt whole thread groups must not make this one spin. */
    private static final long SHORTEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final String name;
    private final Runnable job;
    private final long periodNanos;
    private final String hangs;
    private final ErrorReporter errors;
    private final AtomicBoolean asked = new AtomicBoolean();

    private volatile Thread thread; // written under this
    private volatile long jobs;
    private volatile boolean isBusy;
    private volatile Runnable last; // what to do before the end; null until it is to end

    /**
     * @param name what the thread is called
     * @param job what it does
     * @param periodMillis how long it rests between two jobs if nobody asks, in milliseconds
     * @param hangs what to say when a job does not come back
     * @param errors where a job that fails is reported, and a thread that cannot be started
     */
    BackgroundThread(String name, Runnable job, long periodMillis, String hangs, ErrorReporter errors) {
        this.name = name;
        this.job = job;
        this.periodNanos = TimeUnit.MILLISECONDS.toNanos(periodMillis);
        this.hangs = hangs;
        this.errors = errors;
    }

    /** Has the job done soon. Returns at once. */
    void wake() {
        asked.set(true);
        Thread running = thread;
        if (running != null && running.isAlive()) {
            LockSupport.unpark(running);
        } else {
            start();
        }
    }

    /** Makes sure that the thread is there, where it has been asked for before. */
    void keepAlive() {
        Thread running = thread;
        if (running == null ? asked.get() : !running.isAlive()) {
            start();
        }
    }

    private synchronized void start() {
        if (last != null || thread != null && thread.isAlive()) {
            return;
        }
        isBusy = false;
        try {
            Thread next = new Thread(new Loop(), name);
            next.setDaemon(true);
            next.setContextClassLoader(BackgroundThread.class.getClassLoader());
            next.start();
            thread = next;
            errors.resolve(name);
        } catch (Throwable e) {
            errors.report(name, "the thread " + name + " cannot be started (" + e + "); it is tried again");
        }
    }

    /**
     * Has it do a last job and end, as soon as it is done with the one that it is at. Returns at once.
     *
     * @param lastJob what to do last
     */
    void end(Runnable lastJob) {
        synchronized (this) {
            last = lastJob;
        }
        LockSupport.unpark(thread);
    }

    /**
     * Waits for its end.
     *
     * @param deadlineNanos until when, as {@link System#nanoTime} tells time
     * @return whether it has ended, or was never there
     */
    boolean awaitEnd(long deadlineNanos) throws InterruptedException {
        Thread running = thread;
        if (running == null) {
            return true;
        }
        running.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
        return !running.isAlive();
    }

    @Override
    public long job() {
        Thread running = thread;
        return isBusy && running != null && running.isAlive() ? jobs : IDLE;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String hangs() {
        return hangs;
    }

    private final class Loop implements Runnable {
        @Override
        public void run() {
            while (last == null) {
                asked.set(false);
                work(job);
                rest();
            }
            work(last);
        }

        private void work(Runnable work) {
            jobs++; // of this thread alone
            isBusy = true;
            try {
                work.run();
            } catch (Throwable e) {
                // Whatever it is, an Error of an extension or ThreadDeath: the next job may go well.
                errors.report(name, "the thread " + name + " could not do its work (" + e + "); it goes on");
            } finally {
                isBusy = false;
            }
        }

        private void rest() {
            long end = System.nanoTime() + periodNanos;
            LockSupport.parkNanos(SHORTEST_WAIT_NANOS);
            for (long left = end - System.nanoTime();
                    left > 0 && last == null && !asked.get();
                    left = end - System.nanoTime()) {
                Thread.interrupted(); // else it would not park
                LockSupport.parkNanos(left);
            }
            Thread.interrupted();
        }
    }
}
