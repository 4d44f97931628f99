package io.maintenanceagent.store.etcd;

import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.store.http.HttpStream;
import io.maintenanceagent.store.remote.Backoff;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Hears of changes of a key, from the revision on that was read last, so that none is missed between a reading and the
 * watch, and none is heard of twice. What is not heard only delays a flip, since the key is read as well; so failures
 * are not reported here.
 *
 * <p>One thread waits; any thread may call {@link #close}.
 */
final class EtcdWatch implements Closeable {

    private static final int RETRY_MILLIS = 200;

    private final EtcdClient client;
    private final String key;
    private final Backoff backoff = new Backoff();
    private long backoffEndNanos = System.nanoTime();
    private EtcdKey known; // null before the first reading
    private EtcdKey heard; // a later one, which nobody has taken; null for none

    private volatile HttpStream stream; // null while there is none
    private volatile boolean closed;

    /**
     * @param client the cluster
     * @param key the key in base64, with quotation marks
     */
    EtcdWatch(EtcdClient client, String key) {
        this.client = client;
        this.key = key;
    }

    /**
     * The key is known.
     *
     * @param now what was read, or heard of
     */
    synchronized void after(EtcdKey now) {
        known = now;
    }

    /** Returns what was heard of since the key was read, once; {@code null} for nothing. */
    synchronized EtcdKey takeHeard() {
        EtcdKey later = heard;
        heard = null;
        return later;
    }

    /**
     * Waits for a change, or anything that may mean that one was missed.
     *
     * @param millis how long to wait, in milliseconds
     * @param readable whether the key could be read a moment ago; if not, this waits a little and does not connect
     */
    void await(int millis, boolean readable) throws InterruptedException {
        boolean waits = System.nanoTime() - backoffEndNanos < 0;
        if (closed || !readable || stream == null && waits) {
            disconnect(); // it may be to a server that is cut off from the others
            Thread.sleep(RETRY_MILLIS);
            return;
        }
        HttpStream server = stream;
        if (server != null && !client.isCurrent(server)) {
            disconnect();
        }
        try {
            hear(millis);
            backoff.reset();
        } catch (IOException e) {
            disconnect();
            backoffEndNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis());
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void hear(int millis) throws IOException {
        HttpStream server = stream;
        if (server == null) {
            server = client.stream(
                    "/v3/watch", "{\"create_request\":{\"key\":" + key + ",\"start_revision\":\"" + next() + "\"}}");
            // Assign the field, then check closed; close does the opposite, so one of the two threads sees the other.
            stream = server;
            if (closed) {
                disconnect();
                return;
            }
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            String line = server.line(left);
            if (line == null || isNews(line)) {
                return;
            }
        }
    }

    /** Whether it is no confirmation of the watch. A watch that ended is news too. */
    private boolean isNews(String line) throws IOException {
        JsonValue answer = EtcdClient.parse(EtcdClient.bytes(line));
        JsonValue result = answer.get("result");
        if (result == null || result.get("canceled") != null) {
            throw new IOException("canceled"); // by compaction, a token that has expired, a server that ends
        }
        return hear(EtcdKey.heard(result));
    }

    /** Whether it is news. A member that is behind tells of changes from before the reading too. */
    private synchronized boolean hear(EtcdKey change) {
        if (change == null || change.cluster().equals(known.cluster()) && !change.follows(known)) {
            return false;
        }
        heard = change.follows(known) ? change : null; // what another cluster says is better read
        return true;
    }

    private synchronized long next() {
        return known.revision() + 1;
    }

    private void disconnect() {
        HttpStream server = stream;
        stream = null;
        if (server != null) {
            server.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }
}
