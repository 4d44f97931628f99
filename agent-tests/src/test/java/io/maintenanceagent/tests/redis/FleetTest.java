package io.maintenanceagent.tests.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many instances on one server. How fast they are is measured by a benchmark; here, that none misses a flip. */
final class FleetTest {

    private static final int INSTANCES = 60;
    private static final int FLIPS = 10;
    private static final long TTL_MILLIS = 1500;
    private static final Duration RETURN_LIMIT = Duration.ofSeconds(20);

    @Test
    void fleet_followsTheStoreAndItsReportsExpire() {
        try (Redis redis = Redis.running();
                AgentStore store = AgentStore.open(redis.uri("state"))) {
            try (Fleet fleet = Fleet.start(redis.uri("state"), INSTANCES, TTL_MILLIS)) {
                for (int i = 0; i < FLIPS; i++) {
                    fleet.flip(content -> redis.send("SET", "state", content));
                    fleet.flip(store::write);
                }
                awaitListed(store, INSTANCES, RETURN_LIMIT);

                redis.kill();
                redis.start();
                Await.until(RETURN_LIMIT, () -> "not all are back", () -> listeners(redis) == INSTANCES);
                assertEquals(List.of(), fleet.losses(), "nobody takes an empty server for a decision");
                fleet.flip(content -> redis.send("SET", "state", content));
                fleet.flip(store::write);
                awaitListed(store, INSTANCES, RETURN_LIMIT);
            }
            awaitListed(store, 0, RETURN_LIMIT);
            assertEquals("[state]", redis.send("KEYS", "*"));
        }
    }

    private static void awaitListed(AgentStore store, int count, Duration limit) {
        Await.until(
                limit,
                () -> store.instances().size() + " listed",
                () -> store.instances().size() == count);
    }

    private static long listeners(Redis redis) {
        return redis.send("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains(" sub=2 "))
                .count();
    }
}
