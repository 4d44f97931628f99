package io.maintenanceagent.inflight;

import io.maintenanceagent.api.RequestView;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

/** A WebSocket that was opened by a request that was let in; it is referenced weakly. Safe for any thread. */
public final class OpenSocket {

    private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RequestView request;
    private final boolean exempt;
    private final boolean admitted;
    private final long openedNanos = System.nanoTime();
    private volatile WeakReference<Object> socket; // null while the handshake goes on
    private volatile long toldNanos; // 0 until it is told to close

    OpenSocket(InFlightRequest handshake) {
        request = handshake.request();
        exempt = handshake.isExempt();
        admitted = handshake.isAdmitted();
    }

    /** Returns what is kept of the request that has opened it. */
    public RequestView request() {
        return request;
    }

    /** Returns when it was opened, as {@link System#nanoTime} tells time. */
    public long openedNanos() {
        return openedNanos;
    }

    /**
     * Returns whether it was let in for a reason that holds in maintenance.
     *
     * @param hasShare whether a share of clients is let in now
     */
    public boolean stays(boolean hasShare) {
        return exempt || hasShare && admitted;
    }

    /** Returns the server's object; {@code null} if there is none yet, or it was collected. */
    public Object socket() {
        WeakReference<Object> reference = socket;
        return reference == null ? null : reference.get();
    }

    /**
     * Says what the server's object is.
     *
     * @param serverSocket the object
     */
    public void isSocket(Object serverSocket) {
        socket = new WeakReference<Object>(serverSocket);
    }

    /** Returns whether its handshake is over, if it has led to a socket. */
    public boolean isOld() {
        return System.nanoTime() - openedNanos > HANDSHAKE_NANOS;
    }

    /** Records that it is told to close; returns whether it was not before. */
    public synchronized boolean tell() {
        if (toldNanos != 0) {
            return false;
        }
        toldNanos = System.nanoTime() | 1;
        return true;
    }

    /** Records that it could not be told. */
    public synchronized void untell() {
        toldNanos = 0;
    }

    /** Returns since when it has been told to close, in nanoseconds; -1 if it was not. */
    public long toldForNanos() {
        long told = toldNanos;
        return told == 0 ? -1 : System.nanoTime() - told;
    }
}
