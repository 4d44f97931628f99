package io.maintenanceagent.store.url;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.store.http.HttpFailure;
import io.maintenanceagent.store.http.HttpResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A state under a URL, which many JVMs read. It has no list of instances.
 *
 * <p>It is asked for every second, or as often as its address says, or as the server's {@code Cache-Control} allows,
 * with the last {@code ETag}, so that mostly nothing is sent. Where the address says so, the server is asked to wait
 * for a change ({@code Prefer: wait}, RFC 7240).
 *
 * <p>404 and 410 say that there is no state. Whatever else is no content makes a reading fail.
 *
 * <p>Safe for any thread: one at a time asks, and {@link #close} ends what is being waited for. Has no thread of its
 * own.
 */
final class UrlStore implements StateStore {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final UrlAddress address;
    private final UrlResource resource;
    private final UrlWriter writer;

    private byte[] content; // null for none
    private String etag; // of content; null where there is none
    private boolean known; // the last reading succeeded
    private long dueNanos; // when to ask again
    private volatile boolean closed;

    /** @param address the URL; not connected to before the first reading */
    UrlStore(UrlAddress address) {
        this.address = address;
        this.resource = new UrlResource(address);
        this.writer = new UrlWriter(address, resource);
    }

    @Override
    public synchronized byte[] read() throws IOException {
        if (!known || System.nanoTime() - dueNanos >= 0) {
            fetch(0);
        }
        return content;
    }

    /** @param waitSeconds how long the server is asked to wait for a change; 0 for not at all */
    private void fetch(int waitSeconds) throws IOException {
        boolean revalidates = known && etag != null;
        known = false;
        take(resource.get(
                waitSeconds * 1000,
                "If-None-Match",
                revalidates ? etag : null,
                "Prefer",
                waitSeconds > 0 ? "wait=" + waitSeconds : null));
    }

    private void take(HttpResponse response) throws IOException {
        switch (response.status()) {
            case OK:
                content = response.body();
                etag = response.header("ETag");
                break;
            case NOT_MODIFIED:
                break;
            case NOT_FOUND:
            case GONE:
                content = null;
                etag = null;
                break;
            case 401:
            case 403:
                throw new HttpFailure(response.status(), "refuses access (" + response.status() + ")");
            default:
                throw response.toFailure();
        }
        known = true;
        long fresh = Freshness.nanos(response.header("Cache-Control"), response.header("Age"));
        dueNanos = System.nanoTime() + Math.max(address.pollNanos(), fresh);
    }

    @Override
    public void awaitChange() throws InterruptedException {
        long nanos;
        boolean waits;
        synchronized (this) {
            nanos = Math.min(known ? dueNanos - System.nanoTime() : LONGEST_WAIT_NANOS, LONGEST_WAIT_NANOS);
            waits = known && etag != null && address.waitSeconds() > 0 && !closed;
        }
        if (!waits || !awaitServer()) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }

    /** Returns whether the server has waited, or brought something. */
    private synchronized boolean awaitServer() throws InterruptedException {
        byte[] before = content;
        long began = System.nanoTime();
        try {
            fetch(address.waitSeconds());
        } catch (IOException e) {
            return false; // the next reading reports it
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return content != before || System.nanoTime() - began >= LONGEST_WAIT_NANOS / 2;
    }

    @Override
    public synchronized boolean compareAndSet(byte[] expected, byte[] next) throws IOException {
        known = false;
        take(resource.get(0, "Cache-Control", "no-cache"));
        if (!Arrays.equals(expected, content)) {
            return false;
        }
        if (content == null && next == null) {
            return true;
        }
        known = false; // until it is read again
        return writer.write(content, etag, next);
    }

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public void close() {
        closed = true;
        resource.close();
    }
}
