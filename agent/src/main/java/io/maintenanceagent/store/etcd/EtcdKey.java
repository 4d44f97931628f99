package io.maintenanceagent.store.etcd;

import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import java.io.IOException;
import java.util.List;

/** What a cluster says of a key, and at which count of its changes. Immutable but for the value. */
final class EtcdKey {

    private final String cluster;
    private final long revision;
    private final byte[] value; // null if the key is not there

    private EtcdKey(String cluster, long revision, byte[] value) {
        this.cluster = cluster;
        this.revision = revision;
        this.value = value;
    }

    /** Returns what the answer to a reading of the key says. */
    static EtcdKey read(JsonValue answer) throws IOException {
        JsonValue header = header(answer);
        JsonValue found = last(answer.get("kvs"));
        return new EtcdKey(
                EtcdClient.text(header, "cluster_id"),
                EtcdClient.number(header, "revision"),
                found == null ? null : EtcdClient.bytes(found, "value"));
    }

    /**
     * Returns what the last event of a watch's result says.
     *
     * @return what it says; {@code null} if there is no event
     */
    static EtcdKey heard(JsonValue result) throws IOException {
        JsonValue event = last(result.get("events"));
        JsonValue changed = event == null ? null : event.get("kv");
        if (changed == null) {
            return null;
        }
        return new EtcdKey(
                EtcdClient.text(header(result), "cluster_id"),
                EtcdClient.number(changed, "mod_revision"),
                EtcdClient.text(event, "type").equals("DELETE") ? null : EtcdClient.bytes(changed, "value"));
    }

    private static JsonValue header(JsonValue answer) throws IOException {
        JsonValue header = answer.get("header");
        if (header == null) {
            throw new IOException("does not answer as etcd does: there is no header");
        }
        return header;
    }

    private static JsonValue last(JsonValue list) throws IOException {
        try {
            List<JsonValue> elements = list == null ? null : list.elements();
            return elements == null || elements.isEmpty() ? null : elements.get(elements.size() - 1);
        } catch (MalformedContentException e) {
            throw new IOException("does not answer as etcd does: " + e.getMessage(), e);
        }
    }

    /** Returns the id of the cluster. */
    String cluster() {
        return cluster;
    }

    /** Returns how many changes the cluster had counted. */
    long revision() {
        return revision;
    }

    /** Returns the value, or {@code null} if the key is not there. */
    byte[] value() {
        return value;
    }

    /** Whether this was said later than something else, by the same cluster. */
    boolean follows(EtcdKey other) {
        return cluster.equals(other.cluster) && revision > other.revision;
    }
}
