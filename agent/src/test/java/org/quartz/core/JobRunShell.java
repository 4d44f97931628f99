package org.quartz.core;

/** In the place of Quartz's: what runs a job, for stacks. */
public final class JobRunShell implements Runnable {

    private final Runnable job;

    public JobRunShell(Runnable job) {
        this.job = job;
    }

    @Override
    public void run() {
        job.run();
    }
}
