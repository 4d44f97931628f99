package io.maintenanceagent.store.consul;

import io.maintenanceagent.api.InstanceRegistry;
import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.store.http.HttpRequest;
import io.maintenanceagent.store.http.HttpResponse;
import io.maintenanceagent.store.remote.RevisionHistory;
import io.maintenanceagent.store.remote.StoreUri;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A state under a key of Consul, which many JVMs follow at once.
 *
 * <p>Changes come by a blocking query, which the server answers after {@value #WAIT_SECONDS} seconds at the latest. A
 * key that is not there is asked for every second instead: such a query would return at each report of an instance.
 * Readings are consistent: a leader that was deposed answers none. What it tells of changes in answer to a blocking
 * query did happen, but may be old; it counts only if it came after what was known.
 *
 * <p>A reading fails, and the reader keeps the last known state, while Consul is away or without a leader, and after it
 * has lost the key with its data.
 *
 * <p>Safe for any thread: one at a time asks, and {@link #close} ends what is being waited for. Has no thread of its
 * own.
 */
final class ConsulStore implements StateStore {

    static final int WAIT_SECONDS = 4;

    private static final long POLL_MILLIS = 1_000;
    private static final long RETRY_MILLIS = 200;

    /** A value may have 512 KiB, which base64 makes a third longer. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final String name;
    private final String path;
    private final ConsulClient client;
    private final ConsulInstances instances;
    private final RevisionHistory history = new RevisionHistory();

    private HttpResponse heard; // what a blocking query brought and nobody has read; null for nothing
    private long index; // of the last response; 0 if the key is not there, or could not be read
    private boolean readable;
    private volatile boolean closed;

    /** @param address the servers, the token and the key; not connected to before the first reading */
    ConsulStore(StoreUri address) {
        StoreUri.check(!address.path().isEmpty(), "there is no key");
        StoreUri.check(!address.path().startsWith("/"), "the key begins with a slash");
        this.name = address.scheme() + "://" + address.hosts() + "/" + address.rawPath();
        this.path = "/v1/kv/" + address.rawPath();
        this.client = new ConsulClient(address, MAX_BYTES);
        this.instances = new ConsulInstances(address);
    }

    @Override
    public synchronized byte[] read() throws IOException {
        HttpResponse response = heard;
        heard = null;
        readable = false;
        index = 0;
        if (response == null) {
            response = client.send(HttpRequest.of("GET", path + "?consistent"));
        }
        ConsulEntry entry = entry(response);
        readable = true;
        if (entry == null) {
            if (history.isLost(null, indexOf(response))) {
                throw new IOException("has lost the key with its data, or is another cluster now; write the key again");
            }
            return null;
        }
        history.present(null, entry.modifyIndex());
        index = indexOf(response);
        return entry.value();
    }

    private static ConsulEntry entry(HttpResponse response) throws IOException {
        if (response.status() == ConsulClient.NOT_FOUND) {
            indexOf(response); // any server may answer 404
            return null;
        }
        List<ConsulEntry> entries = ConsulEntry.list(ConsulClient.parse(response));
        if (entries.size() != 1) {
            throw ConsulClient.stranger();
        }
        return entries.get(0);
    }

    private static long indexOf(HttpResponse response) throws IOException {
        try {
            return Long.parseLong(String.valueOf(response.header("X-Consul-Index")));
        } catch (NumberFormatException e) {
            throw ConsulClient.stranger();
        }
    }

    @Override
    public void awaitChange() throws InterruptedException {
        long known;
        synchronized (this) {
            known = index;
        }
        if (known <= 0 || closed) {
            Thread.sleep(readable ? POLL_MILLIS : RETRY_MILLIS);
            return;
        }
        try {
            // It comes up to a sixteenth later than it was asked for, so that not all come together.
            HttpResponse response =
                    client.send(HttpRequest.of("GET", path + "?index=" + known + "&wait=" + WAIT_SECONDS + "s")
                            .waiting(WAIT_SECONDS * 1000 * 17 / 16));
            synchronized (this) {
                heard = indexOf(response) >= known ? response : null;
            }
        } catch (IOException ignored) {
            // the next reading fails as well, and reports it
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Atomic in the cluster. If the connection fails meanwhile, the content may have been written.
     */
    @Override
    public boolean compareAndSet(byte[] expected, byte[] content) throws IOException {
        ConsulEntry held = entry(client.send(HttpRequest.of("GET", path + "?consistent")));
        if (!Arrays.equals(expected, held == null ? null : held.value())) {
            return false;
        }
        if (held == null && content == null) {
            return true;
        }
        String condition = path + "?cas=" + (held == null ? 0 : held.modifyIndex());
        HttpResponse response = client.sendOnce(
                content == null ? HttpRequest.of("DELETE", condition) : HttpRequest.of("PUT", condition, content));
        synchronized (this) {
            heard = null;
        }
        return ConsulClient.isTrue(response);
    }

    @Override
    public InstanceRegistry instances() {
        return instances;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        closed = true;
        client.close();
        instances.close();
    }
}
