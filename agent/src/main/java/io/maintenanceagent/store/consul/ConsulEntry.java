package io.maintenanceagent.store.consul;

import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A key of Consul with its value. Immutable but for the value, which is not to be changed. */
final class ConsulEntry {

    private final String key;
    private final byte[] value;
    private final long modifyIndex;

    private ConsulEntry(String key, byte[] value, long modifyIndex) {
        this.key = key;
        this.value = value;
        this.modifyIndex = modifyIndex;
    }

    /** Reads a list of keys. */
    static List<ConsulEntry> list(JsonValue json) throws IOException {
        List<ConsulEntry> entries = new ArrayList<ConsulEntry>();
        try {
            for (JsonValue entry : json.elements()) {
                JsonValue value = entry.get("Value"); // null for an empty one
                entries.add(new ConsulEntry(
                        entry.get("Key").text(), Base64.getDecoder().decode(value == null ? "" : value.text()), (long)
                                entry.get("ModifyIndex").number(0, Long.MAX_VALUE)));
            }
        } catch (MalformedContentException | IllegalArgumentException | NullPointerException e) {
            throw ConsulClient.stranger(); // a member is not there, or something else
        }
        return entries;
    }

    String key() {
        return key;
    }

    byte[] value() {
        return value;
    }

    long modifyIndex() {
        return modifyIndex;
    }
}
