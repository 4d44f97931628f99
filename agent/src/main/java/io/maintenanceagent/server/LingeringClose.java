package io.maintenanceagent.server;

import java.util.concurrent.Semaphore;

/**
 * Gives a client that is still sending time to read the answer, before the server closes a connection with a body on it
 * that nobody has read: such a close resets it, and a reset takes away from the client what it has not read yet (RFC
 * 9112 section 9.6). Few requests at a time are held for that, so that a flood of uploads does not take all the
 * server's threads. Safe for any thread.
 */
public final class LingeringClose {

    /** For all of the JVM. */
    public static final LingeringClose SHARED = new LingeringClose();

    private static final int AT_A_TIME = 8;
    private static final long MILLIS = 250;

    private final Semaphore places = new Semaphore(AT_A_TIME);

    private LingeringClose() {}

    /** Waits a moment, unless too many do already. */
    public void linger() {
        if (places.tryAcquire()) {
            try {
                Thread.sleep(MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                places.release();
            }
        }
    }
}
