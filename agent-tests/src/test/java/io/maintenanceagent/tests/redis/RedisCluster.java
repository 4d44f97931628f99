package io.maintenanceagent.tests.redis;

import io.maintenanceagent.tests.harness.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A cluster of three masters that share the slots evenly, and a replica of the first of them. */
public final class RedisCluster implements AutoCloseable {

    public static final Duration LIMIT = Duration.ofSeconds(60);

    /** A key of the first master, and its slot. */
    public static final String KEY = "bar";

    static final int SLOT = 5061;

    private static final int SLOTS = 16_384;

    /** The bus of a node listens on its port plus this. */
    private static final int BUS = 10_000;

    private final Map<Redis, String> ids = new LinkedHashMap<>();

    /** @param options more of redis-server's options, for all nodes */
    public RedisCluster(String... options) {
        try {
            for (int i = 0; i < 4; i++) {
                List<String> all = new ArrayList<>(
                        List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "1500", "--appendonly", "no"));
                all.addAll(Arrays.asList(options));
                Redis node = Redis.runningAt(freePort(), all.toArray(new String[0]));
                ids.put(node, node.send("CLUSTER", "MYID"));
            }
            for (int i = 0; i < 3; i++) {
                List<String> slots = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
                for (int slot = SLOTS * i / 3; slot < SLOTS * (i + 1) / 3; slot++) {
                    slots.add("" + slot);
                }
                node(i).send(slots.toArray(new String[0]));
                node(i).send("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1));
                node(3).send("CLUSTER", "MEET", "127.0.0.1", "" + node(i).port());
            }
            awaitAll("cluster_known_nodes:4");
            node(3).send("CLUSTER", "REPLICATE", id(node(0)));
            awaitAll("cluster_state:ok");
            Await.until(
                    LIMIT,
                    () -> node(0).send("ROLE"),
                    () -> node(0).send("ROLE").contains("127.0.0.1"));
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    private static int freePort() {
        int port = Redis.freePort();
        while (port + BUS > 65_535) {
            port = Redis.freePort();
        }
        return port;
    }

    /** The URI of a key, by the address of some of the nodes. */
    public String uri(String key) {
        return "redis-cluster://"
                + nodes().subList(0, 3).stream()
                        .map(node -> "127.0.0.1:" + node.port())
                        .collect(Collectors.joining(","))
                + "?key=" + key;
    }

    /** Three masters, and the replica of the first. */
    public List<Redis> nodes() {
        return List.copyOf(ids.keySet());
    }

    public Redis node(int index) {
        return nodes().get(index);
    }

    String id(Redis node) {
        return ids.get(node);
    }

    /** Begins to move the key's slot, without moving a key. */
    public void beginMoving(Redis from, Redis to) {
        to.send("CLUSTER", "SETSLOT", "" + SLOT, "IMPORTING", id(from));
        from.send("CLUSTER", "SETSLOT", "" + SLOT, "MIGRATING", id(to));
    }

    /** Moves keys of a slot that is being moved. */
    static void move(Redis from, Redis to, String... keys) {
        List<String> command =
                new ArrayList<>(List.of("MIGRATE", "127.0.0.1", "" + to.port(), "", "0", "5000", "KEYS"));
        command.addAll(List.of(keys));
        from.send(command.toArray(new String[0]));
    }

    /** Moves what is left in the slot, and ends moving it. */
    public void endMoving(Redis from, Redis to) {
        String left = from.send("CLUSTER", "GETKEYSINSLOT", "" + SLOT, "100000");
        if (!left.equals("[]")) {
            move(from, to, left.substring(1, left.length() - 1).split(", "));
        }
        for (Redis node : List.of(to, from, node(1), node(2))) {
            node.send("CLUSTER", "SETSLOT", "" + SLOT, "NODE", id(to));
        }
    }

    private void awaitAll(String line) {
        Await.until(
                LIMIT,
                () -> "not all have " + line,
                () -> nodes().stream()
                        .allMatch(node -> node.send("CLUSTER", "INFO").contains(line + "\r")));
    }

    @Override
    public void close() {
        ids.keySet().forEach(Redis::close);
    }
}
