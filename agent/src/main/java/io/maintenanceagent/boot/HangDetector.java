package io.maintenanceagent.boot;

import io.maintenanceagent.report.ErrorReporter;
import java.util.concurrent.TimeUnit;

/**
 * Says once, for each of some threads, that a job of it does not come back, and may say it again after it came back.
 *
 * <p>Counts looks, a second apart at least, and no time: a JVM that was stopped, or a machine that slept, has no thread
 * that hangs. For one thread, which is none of those that it looks at.
 */
final class HangDetector {

    /** A thread that does jobs. */
    interface Watched {

        /** What {@link #job} returns while there is none. */
        long IDLE = -1;

        /** @return the number of the job that it is at, another one for each; or {@link #IDLE} */
        long job();

        /** @return what the thread is called */
        String name();

        /** @return what to say when a job does not come back, a sentence without its end */
        String hangs();
    }

    private static final int LOOKS = 10;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Watched[] watched;
    private final long[] jobs;
    private final int[] looks;
    private final long lookNanos;
    private final ErrorReporter errors;
    private long lookedNanos = System.nanoTime();

    HangDetector(ErrorReporter errors, Watched... watched) {
        this(errors, LOOK_NANOS, watched);
    }

    /** @param lookNanos how far two looks are apart, at least */
    HangDetector(ErrorReporter errors, long lookNanos, Watched... watched) {
        this.errors = errors;
        this.lookNanos = lookNanos;
        this.watched = watched;
        this.jobs = new long[watched.length];
        this.looks = new int[watched.length];
    }

    /** Looks if it is time to. */
    void look() {
        long now = System.nanoTime();
        if (now - lookedNanos < lookNanos) {
            return;
        }
        lookedNanos = now;
        for (int i = 0; i < watched.length; i++) {
            long job = watched[i].job();
            if (job == Watched.IDLE || job != jobs[i]) {
                if (looks[i] >= LOOKS) {
                    errors.resolve(watched[i].name() + " hangs");
                }
                jobs[i] = job;
                looks[i] = 0;
            } else if (++looks[i] == LOOKS) {
                errors.report(watched[i].name() + " hangs", watched[i].hangs());
            }
        }
    }
}
