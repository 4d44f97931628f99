package io.maintenanceagent.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the gateway's answers and events come to. */
class EtcdKeyTest {

    private static final String HEADER = "{\"header\":{\"cluster_id\":\"7\",\"revision\":\"12\"}";

    @Test
    void reading_isOfTheClustersRevision() throws IOException {
        EtcdKey key = read("7", 12, "on");
        assertEquals("on", new String(key.value()));
        assertEquals(12, key.revision());
        assertEquals("7", key.cluster());
        assertNull(EtcdKey.read(EtcdClient.parse((HEADER + "}").getBytes())).value());
        assertThrows(IOException.class, () -> EtcdKey.read(EtcdClient.parse("{}".getBytes())));
    }

    @Test
    void events_lastOneCounts() throws IOException {
        EtcdKey last = heard(event("PUT", 10, "on"), event("PUT", 11, "off"));
        assertEquals("off", new String(last.value()));
        assertEquals(11, last.revision());
        EtcdKey deleted = heard(event("PUT", 10, "on"), event("DELETE", 11, null));
        assertNull(deleted.value());
        assertEquals(11, deleted.revision());
        assertNull(heard());
        // The gateway leaves out what is empty, and PUT, which is the default.
        EtcdKey empty = heard("{\"kv\":{\"mod_revision\":\"3\"}}");
        assertEquals(0, empty.value().length);
    }

    @Test
    void order_isThatOfOneClustersRevisions() throws IOException {
        EtcdKey read = read("7", 12, "on");
        assertTrue(heard(event("PUT", 13, "off")).follows(read));
        assertFalse(heard(event("PUT", 12, "off")).follows(read));
        assertFalse(heard(event("PUT", 11, "off")).follows(read), "a member that is behind");
        assertFalse(heard(event("PUT", 13, "off")).follows(read("8", 12, "on")), "another cluster");
    }

    private static EtcdKey read(String cluster, long revision, String value) throws IOException {
        return EtcdKey.read(EtcdClient.parse(("{\"header\":{\"cluster_id\":\"" + cluster + "\",\"revision\":\""
                        + revision + "\"},\"kvs\":[{\"value\":" + EtcdClient.base64(value.getBytes()) + "}]}")
                .getBytes()));
    }

    private static EtcdKey heard(String... events) throws IOException {
        return EtcdKey.heard(EtcdClient.parse((HEADER + ",\"events\":[" + String.join(",", events) + "]}").getBytes()));
    }

    private static String event(String type, long revision, String value) {
        String bytes = value == null ? "" : ",\"value\":" + EtcdClient.base64(value.getBytes());
        return "{\"type\":\"" + type + "\",\"kv\":{\"mod_revision\":\"" + revision + "\"" + bytes + "}}";
    }
}
