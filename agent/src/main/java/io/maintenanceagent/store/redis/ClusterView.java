package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who has the slots of a cluster, as one of its nodes sees it. Pure, immutable. */
final class ClusterView {

    private String ownerId;
    private Endpoint owner;
    private long epoch;
    private final List<Endpoint> otherMasters = new ArrayList<Endpoint>();

    /**
     * @param slots the reply to {@code CLUSTER SLOTS}, which knows by what address clients reach a node
     * @param nodes the reply to {@code CLUSTER NODES}, which knows the epochs
     * @param slot the slot that is looked for
     * @param asked the node that replied
     * @throws RuntimeException if the replies are none
     */
    ClusterView(List<?> slots, String nodes, int slot, Endpoint asked) {
        Map<String, Long> epochs = new HashMap<String, Long>();
        Map<String, Endpoint> addresses = new HashMap<String, Endpoint>();
        for (String line : nodes.split("\r?\n")) {
            String[] fields = line.split(" ");
            if (fields.length > 7) {
                epochs.put(fields[0], Long.parseLong(fields[6]));
                addresses.put(fields[0], address(fields[1], asked));
            }
        }
        Map<String, Endpoint> masters = new HashMap<String, Endpoint>();
        for (Object range : slots) {
            List<?> parts = (List<?>) range;
            List<?> master = (List<?>) parts.get(2);
            String id = RedisConnection.text(master.get(2));
            Endpoint endpoint = endpoint(master, addresses.get(id), asked);
            masters.put(id, endpoint);
            if ((Long) parts.get(0) <= slot && slot <= (Long) parts.get(1)) {
                ownerId = id;
                owner = endpoint;
                epoch = epochs.containsKey(id) ? epochs.get(id) : 0;
            }
        }
        masters.remove(ownerId);
        otherMasters.addAll(masters.values());
    }

    /** Returns the id of the node that has the slot, or {@code null} if no node has it. */
    String ownerId() {
        return ownerId;
    }

    /** Returns the node that has the slot, or {@code null}. */
    Endpoint owner() {
        return owner;
    }

    /** Returns the epoch in which the node got its slots. */
    long epoch() {
        return epoch;
    }

    /** Returns the masters that have other slots only. */
    List<Endpoint> otherMasters() {
        return otherMasters;
    }

    /** A node that does not know its own address has none in its view; it is the one that was asked. */
    private static Endpoint endpoint(List<?> master, Endpoint otherwise, Endpoint asked) {
        String host = master.get(0) == null ? "" : RedisConnection.text(master.get(0));
        int port = ((Long) master.get(1)).intValue();
        if (host.equals("?")) {
            return otherwise == null ? new Endpoint(asked.host(), port) : new Endpoint(otherwise.host(), port);
        }
        return new Endpoint(host.isEmpty() ? asked.host() : host, port);
    }

    /** Reads {@code ip:port@busport[,hostname]}. */
    private static Endpoint address(String field, Endpoint asked) {
        String place = field.split("[@,]")[0];
        int colon = place.lastIndexOf(':');
        String host = colon <= 0 ? asked.host() : place.substring(0, colon);
        return new Endpoint(host, Integer.parseInt(place.substring(colon + 1)));
    }
}
