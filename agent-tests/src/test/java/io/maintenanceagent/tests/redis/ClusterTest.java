package io.maintenanceagent.tests.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code redis-cluster://}: a master dies, and the key's slot is moved, while a fleet follows it. */
final class ClusterTest {

    private static final int INSTANCES = 30;
    private static final long TTL_MILLIS = 15_000;
    private static final String KEY = RedisCluster.KEY;

    @Test
    void fleet_followsTheKey() {
        DocumentedUser user = DocumentedUser.of(KEY);
        try (RedisCluster cluster = new RedisCluster(user.serverOptions());
                AgentStore store = AgentStore.open(user.uri(cluster.uri(KEY)));
                Fleet fleet = Fleet.start(user.uri(cluster.uri(KEY)), INSTANCES, TTL_MILLIS)) {
            Redis first = cluster.node(0);
            Redis second = cluster.node(3);
            Redis third = cluster.node(1);
            fleet.flip(store::write);
            fleet.flip(content -> first.send("SET", KEY, content));
            awaitReports(store);
            long connections = connections(cluster);
            for (int i = 0; i < 5; i++) {
                fleet.flip(store::write);
            }
            assertTrue(connections(cluster) - connections < INSTANCES, "a change needs no new connections");

            first.pause();
            first.post("SET", KEY, Fleet.neverState());
            Await.until(RedisCluster.LIMIT, () -> "no fail-over", second::isMaster);
            fleet.flip(store::write);
            first.resume();
            Await.until(RedisCluster.LIMIT, () -> "not demoted", () -> !first.isMaster());
            fleet.flip(store::write);
            fleet.flip(content -> second.send("SET", KEY, content));

            // The key and a part of the reports have arrived, the others have not: ASK.
            awaitReports(store);
            String report = store.instances().keySet().iterator().next();
            cluster.beginMoving(second, third);
            RedisCluster.move(second, third, KEY, "{" + KEY + "}:instance:" + report);
            fleet.flip(store::write);
            assertEquals(INSTANCES, store.instances().size());
            RedisCluster.move(second, third, "{" + KEY + "}:instances");
            fleet.flip(store::write);
            awaitReports(store);
            cluster.endMoving(second, third);
            fleet.flip(store::write);
            fleet.flip(content -> third.send("SET", KEY, content));
            awaitReports(store);
            assertEquals(List.of(), fleet.losses());
            for (Redis node : cluster.nodes()) {
                assertEquals("[]", node.send("ACL", "LOG"), "the documented rights are not enough");
            }
        }
    }

    /** How many connections the masters without the key have taken. */
    private static long connections(RedisCluster cluster) {
        return connections(cluster.node(1)) + connections(cluster.node(2));
    }

    private static long connections(Redis node) {
        return Long.parseLong(node.send("INFO", "stats").replaceAll("(?s).*total_connections_received:(\\d+).*", "$1"));
    }

    private static void awaitReports(AgentStore store) {
        Await.until(
                RedisCluster.LIMIT,
                () -> store.instances().size() + " report",
                () -> store.instances().size() == INSTANCES);
    }
}
