package io.maintenanceagent.tests.redis;

import io.maintenanceagent.tests.harness.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A master, its replicas, and three sentinels that replace it within a second or two when it fails. */
public final class SentinelGroup implements AutoCloseable {

    /** How long a fail-over may take on a busy machine. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    static final String NAME = "main";

    private final List<Redis> servers = new ArrayList<>();
    private final List<Redis> sentinels = new ArrayList<>();

    /** @param options more of redis-server's options, for all servers */
    public SentinelGroup(int replicas, String... options) {
        try {
            Redis master = Redis.running(options);
            servers.add(master);
            for (int i = 0; i < replicas; i++) {
                Redis replica = Redis.running(options);
                servers.add(replica);
                replica.send("REPLICAOF", "127.0.0.1", "" + master.port());
            }
            for (int i = 0; i < 3; i++) {
                sentinels.add(Redis.sentinel(List.of(
                        "sentinel monitor " + NAME + " 127.0.0.1 " + master.port() + " 2",
                        "sentinel down-after-milliseconds " + NAME + " 1000",
                        "sentinel failover-timeout " + NAME + " 2000")));
            }
            for (Redis sentinel : sentinels) {
                Await.until(LIMIT, () -> sentinel.send("SENTINEL", "MASTER", NAME), () -> {
                    String known = sentinel.send("SENTINEL", "MASTER", NAME);
                    return known.contains("num-slaves, " + replicas + ",") && known.contains("num-other-sentinels, 2,");
                });
            }
        } catch (RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    public String uri(String key) {
        return uri(key, sentinels.stream().map(Redis::port).toList());
    }

    /** The same with other ports of the sentinels, as of relays. */
    static String uri(String key, List<Integer> ports) {
        return "redis-sentinel://"
                + ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")) + "/" + NAME
                + "?key=" + key;
    }

    public List<Redis> sentinels() {
        return sentinels;
    }

    /** The first master, and then its replicas. */
    public List<Redis> servers() {
        return servers;
    }

    /** The master that the sentinels agree on. */
    public Redis master() {
        List<Redis> named = new ArrayList<>();
        Await.until(LIMIT, () -> "no master", () -> {
            named.clear();
            for (Redis sentinel : sentinels) {
                String address = sentinel.send("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME);
                servers.stream()
                        .filter(server -> address.equals("[127.0.0.1, " + server.port() + "]"))
                        .forEach(named::add);
            }
            return named.size() == 3 && named.stream().distinct().count() == 1;
        });
        return named.get(0);
    }

    /** Waits until the sentinels have made another server the master, which takes writes. */
    public Redis masterAfter(Redis old) {
        Await.until(LIMIT, () -> "no fail-over", () -> master() != old);
        Redis master = master();
        Await.until(LIMIT, () -> "not promoted", master::isMaster);
        return master;
    }

    @Override
    public void close() {
        sentinels.forEach(Redis::close);
        servers.forEach(Redis::close);
    }
}
