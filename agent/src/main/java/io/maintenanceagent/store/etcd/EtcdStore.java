package io.maintenanceagent.store.etcd;

import io.maintenanceagent.api.InstanceRegistry;
import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.store.remote.RevisionHistory;
import io.maintenanceagent.store.remote.StoreUri;
import java.io.IOException;

/**
 * A state under a key of an etcd cluster, which many JVMs follow at once.
 *
 * <p>Changes come by a watch, with the value, so that a change costs the cluster no readings. The key is read every
 * {@value #READ_MILLIS} ms as well, which shows that the cluster is there. Readings are linearizable: a member that is
 * cut off from the others answers none. What it tells of changes did happen, but may be old; it counts only if it came
 * after what was known.
 *
 * <p>A reading fails, and the reader keeps the last known state, while the cluster is away, and after it has lost the
 * key with its data.
 *
 * <p>Safe for any thread: one at a time asks, one waits for changes, and {@link #close} ends both. Has no thread of its
 * own.
 */
final class EtcdStore implements StateStore {

    static final int READ_MILLIS = 4_000;

    /** A state may have 1 MiB, which base64 makes a third longer. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final String name;
    private final String key;
    private final EtcdClient client;
    private final EtcdWatch watch;
    private final EtcdInstances instances;
    private final RevisionHistory history = new RevisionHistory();
    private volatile boolean readable;

    /** @param address the servers, the login and the key; not connected to before the first reading */
    EtcdStore(StoreUri address) {
        StoreUri.check(!address.path().isEmpty(), "there is no key");
        this.name = address.scheme() + "://" + address.hosts() + "/" + address.rawPath();
        this.key = EtcdClient.base64(EtcdClient.bytes(address.path()));
        this.client = new EtcdClient(address, MAX_BYTES);
        this.watch = new EtcdWatch(client, key);
        this.instances = new EtcdInstances(address);
    }

    @Override
    public synchronized byte[] read() throws IOException {
        EtcdKey now = watch.takeHeard();
        if (now == null) {
            readable = false;
            now = EtcdKey.read(client.call("/v3/kv/range", "{\"key\":" + key + "}"));
        }
        readable = true;
        watch.after(now);
        if (now.value() != null) {
            history.present(now.cluster(), now.revision());
        } else if (history.isLost(now.cluster(), now.revision())) {
            throw new IOException("has lost the key with its data, or is another cluster now; write the key again");
        }
        return now.value();
    }

    @Override
    public void awaitChange() throws InterruptedException {
        watch.await(READ_MILLIS, readable);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Atomic in the cluster. If the connection fails meanwhile, the content may have been written.
     */
    @Override
    public boolean compareAndSet(byte[] expected, byte[] content) throws IOException {
        String compare = expected == null
                ? "\"target\":\"VERSION\",\"version\":\"0\""
                : "\"target\":\"VALUE\",\"value\":" + EtcdClient.base64(expected);
        String change = content == null
                ? "{\"request_delete_range\":{\"key\":" + key + "}}"
                : "{\"request_put\":{\"key\":" + key + ",\"value\":" + EtcdClient.base64(content) + "}}";
        JsonValue answer = client.callOnce(
                "/v3/kv/txn",
                "{\"compare\":[{\"result\":\"EQUAL\",\"key\":" + key + "," + compare + "}],\"success\":[" + change
                        + "]}");
        watch.takeHeard(); // it may be older than what was written now
        JsonValue succeeded = answer.get("succeeded");
        try {
            return succeeded != null && succeeded.bool();
        } catch (MalformedContentException e) {
            throw new IOException("does not answer as etcd does: " + e.getMessage(), e);
        }
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
        client.close();
        watch.close();
        instances.close();
    }
}
