package io.maintenanceagent.tests.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Machine;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.redis.AgentStore;
import io.maintenanceagent.tests.redis.Fleet;
import io.maintenanceagent.tests.redis.Redis;
import io.maintenanceagent.tests.redis.RedisCluster;
import io.maintenanceagent.tests.redis.SentinelGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A fleet on sentinels, and one on a cluster, through outages of masters: no flip is lost or taken back, and nothing is
 * taken from a master that was deposed. Writes {@code docs/stores-redis.md}.
 */
final class RedisOutagesTest {

    private static final int INSTANCES = Integer.getInteger("stores.instances", 200);
    private static final int FLIPS = Integer.getInteger("stores.flips", 100);
    private static final int OUTAGES = Integer.getInteger("stores.outages", 12);
    private static final long TTL_MILLIS = 15_000;
    private static final long IDLE_MILLIS = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final List<String> FLIP_ROWS = new ArrayList<>();
    private static final List<String> OUTAGE_ROWS = new ArrayList<>();

    private final Random random = new Random(1);

    @Test
    void sentinels() {
        try (SentinelGroup group = new SentinelGroup(2);
                Fleet fleet = Fleet.start(group.uri("state"), INSTANCES, TTL_MILLIS)) {
            flips("sentinels", fleet, group.uri("state"), group.servers().get(0));
            List<Double> paused = new ArrayList<>();
            List<Double> killed = new ArrayList<>();
            List<Double> emptied = new ArrayList<>();
            for (int i = 0; i < OUTAGES; i++) {
                Redis master = group.master();
                if (i % 3 == 0) {
                    master.pause();
                    master.post("SET", "state", Fleet.neverState());
                    paused.add(flipAfter(fleet, group.uri("state"), () -> group.masterAfter(master)));
                    master.resume();
                } else if (i % 3 == 1) {
                    master.kill();
                    killed.add(flipAfter(fleet, group.uri("state"), () -> group.masterAfter(master)));
                    master.start();
                } else {
                    // Too quick for the sentinels: the master is empty, and so are its replicas soon.
                    master.kill();
                    master.start();
                    emptied.add(flipAfter(fleet, group.uri("state"), group::master));
                }
                flip(fleet, group.uri("state"));
                assertEquals(List.of(), fleet.losses());
                awaitReplicas(group);
            }
            outage("sentinels", "master paused; it comes back with a write that it got meanwhile", paused);
            outage("sentinels", "master killed; it comes back empty", killed);
            outage("sentinels", "master killed and back at once, empty", emptied);
        }
    }

    @Test
    void cluster() {
        String key = RedisCluster.KEY;
        try (RedisCluster cluster = new RedisCluster();
                Fleet fleet = Fleet.start(cluster.uri(key), INSTANCES, TTL_MILLIS)) {
            flips("cluster", fleet, cluster.uri(key), cluster.node(0));
            List<Double> paused = new ArrayList<>();
            List<Double> moved = new ArrayList<>();
            for (int i = 0; i < OUTAGES / 4; i++) {
                Redis master = cluster.node(i % 2 == 0 ? 0 : 3);
                Redis replica = cluster.node(i % 2 == 0 ? 3 : 0);
                Await.until(LIMIT, () -> "no replica", () -> master.send("ROLE").contains("127.0.0.1"));
                master.pause();
                master.post("SET", key, Fleet.neverState());
                paused.add(flipAfter(fleet, cluster.uri(key), () -> {
                    Await.until(LIMIT, () -> "no fail-over", replica::isMaster);
                    return replica;
                }));
                master.resume();
                Await.until(LIMIT, () -> "not demoted", () -> !master.isMaster());
                flip(fleet, cluster.uri(key));
                assertEquals(List.of(), fleet.losses());
            }
            Redis home = cluster.node(0).isMaster() ? cluster.node(0) : cluster.node(3);
            Redis other = cluster.node(1);
            for (int i = 0; i < OUTAGES / 2; i++) {
                Redis from = i % 2 == 0 ? home : other;
                Redis to = i % 2 == 0 ? other : home;
                cluster.beginMoving(from, to);
                flip(fleet, cluster.uri(key));
                moved.add(flipAfter(fleet, cluster.uri(key), () -> {
                    cluster.endMoving(from, to);
                    return to;
                }));
                assertEquals(List.of(), fleet.losses());
            }
            outage("cluster", "master paused; it comes back with a write that it got meanwhile", paused);
            outage("cluster", "the key's slot moved to another master", moved);
        }
    }

    private static void awaitReplicas(SentinelGroup group) {
        // Another fail-over may be on its way.
        Await.until(
                LIMIT,
                () -> "no replicas",
                () -> group.master().send("INFO", "replication").contains("connected_slaves:2"));
    }

    private void flips(String name, Fleet fleet, String uri, Redis master) {
        try (AgentStore store = AgentStore.open(uri)) {
            fleet.flip(store::write);
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < FLIPS; i++) {
                sleep(random.nextInt(300));
                millis.add(fleet.flip(store::write));
            }
            Collections.sort(millis);
            Await.until(
                    LIMIT,
                    () -> store.instances().size() + " listed",
                    () -> store.instances().size() == INSTANCES);
            double commands = -stat(master, "total_commands_processed");
            double bytes = -stat(master, "total_net_input_bytes") - stat(master, "total_net_output_bytes");
            sleep(IDLE_MILLIS);
            commands += stat(master, "total_commands_processed");
            bytes += stat(master, "total_net_input_bytes") + stat(master, "total_net_output_bytes");
            FLIP_ROWS.add("| %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f |"
                    .formatted(
                            name,
                            INSTANCES,
                            millis.get((FLIPS - 1) / 2),
                            millis.get((int) Math.ceil(FLIPS * 0.99) - 1),
                            millis.get(FLIPS - 1),
                            commands * 1000 / IDLE_MILLIS,
                            bytes / IDLE_MILLIS * 1000 / 1024));
        }
    }

    /** Seconds from the moment when there is another master until all instances have a state that it was given. */
    private static double flipAfter(Fleet fleet, String uri, Supplier<Redis> master) {
        master.get();
        long start = System.nanoTime();
        flip(fleet, uri);
        return (System.nanoTime() - start) / 1e9;
    }

    private static void flip(Fleet fleet, String uri) {
        fleet.flip(content -> Await.until(LIMIT, () -> "not written", () -> {
            // As the command line, which knows nothing of what was before.
            try (AgentStore store = AgentStore.open(uri)) {
                store.write(content);
                return true;
            } catch (UncheckedIOException notYet) {
                return false;
            }
        }));
    }

    private static double stat(Redis server, String field) {
        Matcher value = Pattern.compile(field + ":(\\d+)").matcher(server.send("INFO", "stats"));
        return value.find() ? Double.parseDouble(value.group(1)) : Double.NaN;
    }

    private static void outage(String name, String kind, List<Double> seconds) {
        Collections.sort(seconds);
        OUTAGE_ROWS.add("| %s | %s | %d | %.1f | %.1f |"
                .formatted(
                        name, kind, seconds.size(), seconds.get(seconds.size() / 2), seconds.get(seconds.size() - 1)));
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void write() throws IOException {
        if (OUTAGE_ROWS.size() < 5) {
            return; // one of them has failed
        }
        String page = "# Redis under a fleet\n\n"
                + "Written by `mvn verify -pl agent-tests -am -Pstores -Dtest=RedisOutagesTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false`.\n\n" + LocalDate.now() + ", " + Machine.description()
                + ", " + Machine.version(Jdk.running()) + ", load of the minute before the end: " + Machine.load()
                + ".\n\nAll instances (each with its store, its connections and a thread), the servers and the writer"
                + " share this machine.\n\nMilliseconds from the beginning of a write to the last of the instances that"
                + " has the new state; " + FLIPS + " flips each, at random\ntimes. Then what the instances cost the"
                + " master while nothing happens but heartbeats.\n\n"
                + "| servers | instances | p50 | p99 | max | commands/s | KiB/s |\n|---|---|---|---|---|---|---|\n"
                + String.join("\n", FLIP_ROWS)
                + "\n\nSeconds from the moment when there is a master again until a state that the command line writes"
                + " then has reached all " + INSTANCES + "\ninstances, with the time that the writer needs. In none of"
                + " these outages an instance lost its state, went back to an older one,\nor took what a deposed master"
                + " said.\n\n| servers | outage | how often | median | longest |\n|---|---|---|---|---|\n"
                + String.join("\n", OUTAGE_ROWS) + "\n";
        Files.writeString(Project.sources("../docs/stores-redis.md").normalize(), page);
    }
}
