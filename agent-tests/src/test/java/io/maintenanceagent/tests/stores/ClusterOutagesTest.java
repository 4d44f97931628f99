package io.maintenanceagent.tests.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Machine;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.redis.AgentStore;
import io.maintenanceagent.tests.redis.Fleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * A fleet on an etcd of three members, and one on a Consul of three servers, through outages of their leaders: no flip
 * is lost or taken back. Writes {@code docs/stores-clusters.md}.
 */
final class ClusterOutagesTest {

    private static final int INSTANCES = Integer.getInteger("stores.instances", 200);
    private static final int OUTAGES = Integer.getInteger("stores.outages", 6);
    private static final long TTL_MILLIS = 15_000;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final List<String> ROWS = new ArrayList<>();

    @Test
    void etcd() {
        outages("etcd", Etcd.cluster());
    }

    @Test
    void consul() {
        outages("Consul", Consul.cluster());
    }

    private static void outages(String name, List<? extends Engine> members) {
        String uri = Engine.uri(members, "shop");
        try (Fleet fleet = Fleet.start(uri, INSTANCES, TTL_MILLIS)) {
            List<Double> killed = new ArrayList<>();
            List<Double> paused = new ArrayList<>();
            for (int i = 0; i < OUTAGES; i++) {
                flip(fleet, uri);
                Engine leader = leader(members);
                if (i % 2 == 0) {
                    leader.kill();
                    killed.add(flip(fleet, uri));
                    leader.start();
                } else {
                    leader.signal("STOP");
                    paused.add(flip(fleet, uri));
                    leader.signal("CONT");
                }
                assertEquals(List.of(), fleet.losses());
                leader.awaitAnswer();
            }
            flip(fleet, uri);
            assertEquals(List.of(), fleet.losses());
            row(name, "leader killed, and started again", killed);
            row(name, "leader paused, and deposed when it goes on", paused);
        } finally {
            members.forEach(Engine::close);
        }
    }

    private static Engine leader(List<? extends Engine> members) {
        List<Engine> leaders = new ArrayList<>();
        Await.until(LIMIT, () -> "no leader", () -> {
            leaders.clear();
            members.stream().filter(Engine::isLeader).forEach(leaders::add);
            return leaders.size() == 1;
        });
        return leaders.get(0);
    }

    /** Seconds until all instances have a state that is written now, as soon as it can be. */
    private static double flip(Fleet fleet, String uri) {
        return fleet.flip(content -> Await.until(LIMIT, () -> "not written", () -> {
                    // As the command line, which knows nothing of what was before.
                    try (AgentStore store = AgentStore.open(uri)) {
                        store.write(content);
                        return true;
                    } catch (UncheckedIOException notYet) {
                        return false;
                    }
                }))
                / 1000;
    }

    private static void row(String name, String kind, List<Double> seconds) {
        Collections.sort(seconds);
        ROWS.add("| %s | %s | %d | %.1f | %.1f |"
                .formatted(
                        name, kind, seconds.size(), seconds.get(seconds.size() / 2), seconds.get(seconds.size() - 1)));
        System.out.println(ROWS.get(ROWS.size() - 1));
    }

    @AfterAll
    static void write() throws IOException {
        if (ROWS.size() < 4) {
            return; // one of them has failed
        }
        Collections.sort(ROWS);
        String page = "# etcd and Consul through outages, under a fleet\n\n"
                + "Written by `mvn verify -pl agent-tests -am -Pstores -Dtest=ClusterOutagesTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false`.\n\n" + LocalDate.now() + ", " + Machine.description()
                + ", " + Machine.version(Jdk.running()) + ", load of the minute before the end: " + Machine.load()
                + ".\n\nClusters of three members, all of which the URI names; " + INSTANCES
                + " instances, the members and the writer share this machine.\nSeconds from the outage until a"
                + " state that the command line writes, as soon as it can be written, has reached all\ninstances. In none"
                + " of these outages an instance lost its state, or went back to an older one.\n\n"
                + "| cluster | outage | how often | median | longest |\n|---|---|---|---|---|\n"
                + String.join("\n", ROWS) + "\n";
        Files.writeString(Project.sources("../docs/stores-clusters.md").normalize(), page);
    }
}
