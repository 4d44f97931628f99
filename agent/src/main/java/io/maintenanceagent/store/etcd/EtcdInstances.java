package io.maintenanceagent.store.etcd;

import io.maintenanceagent.api.InstanceRegistry;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.store.http.HttpFailure;
import io.maintenanceagent.store.remote.StoreUri;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The instances of a key: each one's report under {@code KEY/instances/ID}, with a lease that expires unless the report
 * comes again.
 */
final class EtcdInstances implements InstanceRegistry, Closeable {

    /** Of all reports together. */
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private static final int NOT_FOUND = 404;

    private final EtcdClient client;
    private final String prefix;
    private volatile String lease; // null until there is one

    /** @param address the servers, the login and the key */
    EtcdInstances(StoreUri address) {
        this.client = new EtcdClient(address, MAX_BYTES);
        this.prefix = address.path() + "/instances/";
    }

    @Override
    public void report(String instance, byte[] report, long ttlMillis) throws IOException {
        try {
            boolean renews = lease != null;
            if (!renews || !put(instance, report)) {
                lease = grant(ttlMillis);
                renews = false;
                put(instance, report);
            }
            if (renews) {
                client.call("/v3/lease/keepalive", "{\"ID\":\"" + lease + "\"}");
            }
        } catch (IOException e) {
            throw new IOException("cannot be told: the store " + e.getMessage(), e);
        }
    }

    private String grant(long ttlMillis) throws IOException {
        JsonValue granted = client.call("/v3/lease/grant", "{\"TTL\":\"" + (ttlMillis + 999) / 1000 + "\"}");
        return EtcdClient.text(granted, "ID");
    }

    /** Returns whether the lease is still there. */
    private boolean put(String instance, byte[] report) throws IOException {
        try {
            client.call(
                    "/v3/kv/put",
                    "{\"key\":" + key(prefix + instance) + ",\"value\":" + EtcdClient.base64(report) + ",\"lease\":\""
                            + lease + "\"}");
            return true;
        } catch (HttpFailure e) {
            if (e.status() == NOT_FOUND || e.getMessage().contains("lease not found")) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void withdraw(String instance) throws IOException {
        client.call("/v3/kv/deleterange", "{\"key\":" + key(prefix + instance) + "}");
        String granted = lease;
        if (granted != null) {
            lease = null;
            client.call("/v3/lease/revoke", "{\"ID\":\"" + granted + "\"}");
        }
    }

    @Override
    public Map<String, byte[]> reports() throws IOException {
        // The next prefix: '0' follows '/'.
        String end = prefix.substring(0, prefix.length() - 1) + '0';
        JsonValue found = client.call("/v3/kv/range", "{\"key\":" + key(prefix) + ",\"range_end\":" + key(end) + "}")
                .get("kvs");
        Map<String, byte[]> reports = new TreeMap<String, byte[]>();
        try {
            if (found != null) {
                for (JsonValue entry : found.elements()) {
                    String path = new String(EtcdClient.bytes(entry, "key"), StandardCharsets.UTF_8);
                    reports.put(path.substring(prefix.length()), EtcdClient.bytes(entry, "value"));
                }
            }
        } catch (MalformedContentException e) {
            throw new IOException("does not answer as etcd does: " + e.getMessage(), e);
        }
        return reports;
    }

    private static String key(String name) {
        return EtcdClient.base64(EtcdClient.bytes(name));
    }

    @Override
    public void close() {
        client.close();
    }
}
