package io.maintenanceagent.store.consul;

import io.maintenanceagent.api.InstanceRegistry;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.store.http.HttpFailure;
import io.maintenanceagent.store.http.HttpRequest;
import io.maintenanceagent.store.http.HttpResponse;
import io.maintenanceagent.store.remote.StoreUri;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The instances of a key: each one's report under {@code KEY/instances/ID}, held by a session of its own. Consul
 * deletes it when the session expires, which is once to twice the time after the last report.
 */
final class ConsulInstances implements InstanceRegistry, Closeable {

    /** Of all reports together. */
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    /** Consul takes no less. */
    private static final long SHORTEST_TTL_SECONDS = 10;

    private final ConsulClient client;
    private final String path;
    private final int prefix;
    private volatile String session; // null until there is one

    /** @param address the servers, the token and the key */
    ConsulInstances(StoreUri address) {
        this.client = new ConsulClient(address, MAX_BYTES);
        this.path = "/v1/kv/" + address.rawPath() + "/instances/";
        this.prefix = (address.path() + "/instances/").length();
    }

    @Override
    public void report(String instance, byte[] report, long ttlMillis) throws IOException {
        try {
            String held = session;
            if (held == null || !isRenewed(held)) {
                held = create(ttlMillis);
            }
            session = held;
            if (!ConsulClient.isTrue(
                    client.send(HttpRequest.of("PUT", path + instance + "?acquire=" + held, report)))) {
                session = null;
                throw new IOException("has given the report to another session; it is told again");
            }
        } catch (IOException e) {
            if (e instanceof HttpFailure && ((HttpFailure) e).status() != 0) {
                session = null; // it may be that which is not taken any more
            }
            throw new IOException("cannot be told: the store " + e.getMessage(), e);
        }
    }

    private boolean isRenewed(String held) throws IOException {
        return client.send(HttpRequest.of("PUT", "/v1/session/renew/" + held, new byte[0]))
                        .status()
                == ConsulClient.OK;
    }

    /** No check of a node's health ends it: the agent that was asked may be another machine's. */
    private String create(long ttlMillis) throws IOException {
        long seconds = Math.max(SHORTEST_TTL_SECONDS, (ttlMillis + 999) / 1000);
        String body = "{\"Name\":\"maintenance-agent\",\"TTL\":\"" + seconds
                + "s\",\"Behavior\":\"delete\",\"LockDelay\":\"0s\",\"NodeChecks\":[]}";
        HttpResponse response =
                client.send(HttpRequest.of("PUT", "/v1/session/create", body.getBytes(StandardCharsets.UTF_8)));
        JsonValue id = response.status() == ConsulClient.OK
                ? ConsulClient.parse(response).get("ID")
                : null;
        try {
            if (id != null) {
                return id.text();
            }
        } catch (MalformedContentException ignored) {
            // said below
        }
        throw ConsulClient.stranger();
    }

    @Override
    public void withdraw(String instance) throws IOException {
        client.send(HttpRequest.of("DELETE", path + instance));
        String held = session;
        if (held != null) {
            session = null;
            client.send(HttpRequest.of("PUT", "/v1/session/destroy/" + held, new byte[0]));
        }
    }

    @Override
    public Map<String, byte[]> reports() throws IOException {
        Map<String, byte[]> reports = new TreeMap<String, byte[]>();
        HttpResponse response = client.send(HttpRequest.of("GET", path + "?recurse"));
        if (response.status() == ConsulClient.OK) {
            for (ConsulEntry entry : ConsulEntry.list(ConsulClient.parse(response))) {
                reports.put(entry.key().substring(prefix), entry.value());
            }
        }
        return reports;
    }

    @Override
    public void close() {
        client.close();
    }
}
