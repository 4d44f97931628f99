package io.maintenanceagent.tests.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code redis-sentinel://}: the master changes, and no flip is lost, taken back, or taken from whom nobody confirms.
 */
final class SentinelTest {

    private static final int INSTANCES = 50;
    private static final long TTL_MILLIS = 15_000;

    @Test
    void failover_fleet_followsTheNewMasterAndNeverTheDeposedOne() {
        try (SentinelGroup group = new SentinelGroup(2);
                AgentStore store = AgentStore.open(group.uri("state"));
                Fleet fleet = Fleet.start(group.uri("state"), INSTANCES, TTL_MILLIS)) {
            Redis first = group.master();
            fleet.flip(store::write);
            fleet.flip(content -> first.send("SET", "state", content));
            first.pause();
            // It will do that as soon as it goes on, before it learns of its successor.
            first.post("SET", "state", Fleet.neverState());
            Redis second = group.masterAfter(first);
            fleet.flip(store::write);
            fleet.flip(content -> second.send("SET", "state", content));
            first.resume();
            Await.until(SentinelGroup.LIMIT, () -> "not demoted", () -> !first.isMaster());
            fleet.flip(store::write);

            second.kill();
            Redis third = group.masterAfter(second);
            fleet.flip(store::write);
            fleet.flip(content -> third.send("SET", "state", content));
            assertEquals(List.of(), fleet.losses());
            Await.until(
                    SentinelGroup.LIMIT,
                    () -> store.instances().size() + " report",
                    () -> store.instances().size() == INSTANCES);
        }
    }

    /** Both replicas are cut off when the master dies, so that the last change is lost: nobody takes it back. */
    @Test
    void failover_lostChange_isNotTakenBackUntilSomebodyWrites() throws IOException {
        try (SentinelGroup group = new SentinelGroup(2);
                AgentStore store = AgentStore.open(group.uri("state"))) {
            Redis first = group.master();
            first.send("SET", "state", "off");
            assertEquals("off", store.read());
            List<Redis> replicas = group.servers().subList(1, 3);
            Await.until(
                    SentinelGroup.LIMIT,
                    () -> "not replicated",
                    () -> replicas.stream().allMatch(replica -> "off".equals(replica.send("GET", "state"))));
            // They lose their connections to the master, and cannot make others before it is dead.
            replicas.forEach(Redis::pause);
            first.send("CLIENT", "KILL", "TYPE", "replica");
            first.send("SET", "state", "on");
            assertEquals("on", store.read());
            first.kill();
            replicas.forEach(Redis::resume);
            Redis second = group.masterAfter(first);
            assertEquals("off", second.send("GET", "state"), "the replica was not behind");
            String refused = "has lost the last change of the key in a fail-over";
            Await.until(
                    SentinelGroup.LIMIT,
                    () -> "read: " + outcome(store),
                    () -> outcome(store).startsWith(refused));
            Await.holds(
                    Duration.ofMillis(500),
                    () -> "read: " + outcome(store),
                    () -> outcome(store).startsWith(refused));
            second.send("SET", "state", "0");
            assertEquals("0", store.read());
        }
    }

    /** As in a part of a network with a sentinel and the master, while the others may have elected another one. */
    @Test
    void sentinels_mostCutOff_noChangeIsBelieved() throws IOException {
        try (SentinelGroup group = new SentinelGroup(1);
                Relay one = new Relay(group.sentinels().get(0).port());
                Relay two = new Relay(group.sentinels().get(1).port());
                Relay three = new Relay(group.sentinels().get(2).port());
                AgentStore store =
                        AgentStore.open(SentinelGroup.uri("state", List.of(one.port(), two.port(), three.port())))) {
            Redis master = group.master();
            master.send("SET", "state", "on");
            assertEquals("on", store.read());
            one.cut();
            master.send("SET", "state", "off");
            assertEquals("off", store.read(), "two of three are enough");
            two.cut();
            master.send("SET", "state", "on");
            String refused = outcome(store);
            assertTrue(
                    refused.startsWith("cannot confirm the master: it takes answers of most of the 3 sentinels"),
                    refused);
            one.mend();
            Await.until(
                    SentinelGroup.LIMIT,
                    () -> "read: " + outcome(store),
                    () -> outcome(store).equals("on"));
        }
    }

    /** What the store holds, or why that is not known. */
    private static String outcome(AgentStore store) {
        try {
            return store.read();
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
