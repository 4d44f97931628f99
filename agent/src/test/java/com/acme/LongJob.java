package com.acme;

import java.util.concurrent.CountDownLatch;

/** An application's job, for stacks: it runs until it is told to end. */
public final class LongJob implements Runnable {

    public final CountDownLatch begun = new CountDownLatch(1);
    public final CountDownLatch end = new CountDownLatch(1);
    private final Runnable last;

    /** @param last what it does at its end */
    public LongJob(Runnable last) {
        this.last = last;
    }

    @Override
    public void run() {
        begun.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.run();
    }
}
