package io.maintenanceagent.tests.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Machine;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.redis.AgentStore;
import io.maintenanceagent.tests.redis.Fleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Many instances on one server: how soon the last of them has a new state, and what they cost the server while nothing
 * happens. Writes {@code docs/stores.md}.
 */
final class StoreFleetTest {

    private static final int[] SIZES = {10, 200, 1000};
    private static final int FLIPS = Integer.getInteger("stores.flips", 100);

    /** As agents do it. */
    private static final long TTL_MILLIS = 15_000;

    private static final long IDLE_MILLIS = 20_000;
    private static final Duration LISTED_LIMIT = Duration.ofSeconds(60);

    /** Of one connection: bytes in both directions, and how many pieces this side has sent. */
    private static final Pattern SENT = Pattern.compile(" bytes_sent:(\\d+)");

    private static final Pattern RECEIVED = Pattern.compile(" bytes_received:(\\d+)");
    private static final Pattern SEGMENTS = Pattern.compile(" data_segs_out:(\\d+)");

    private static final List<String> ROWS = Collections.synchronizedList(new ArrayList<>());

    private final Random random = new Random(1);

    @Test
    void etcd_fleetFollows() {
        try (Etcd etcd = Etcd.running()) {
            for (int size : SIZES) {
                String uri = etcd.uri("fleet-" + size);
                measure("etcd", etcd, uri, size, null);
            }
        }
    }

    @Test
    void consul_fleetFollows() {
        try (Consul consul = Consul.running()) {
            for (int size : SIZES) {
                measure("Consul", consul, consul.uri("fleet-" + size), size, null);
            }
        }
    }

    @Test
    void url_fleetFollows() {
        try (Nginx nginx = Nginx.running()) {
            for (int size : SIZES) {
                Path file = nginx.file("fleet-" + size);
                measure("URL (nginx)", nginx, nginx.uri("fleet-" + size), size, content -> replace(file, content));
            }
        }
    }

    /** @param writer writes the state; {@code null} to write as the command line does, where instances report */
    private void measure(String name, Engine engine, String uri, int size, Consumer<String> writer) {
        try (AgentStore store = AgentStore.open(uri);
                Fleet fleet = Fleet.start(uri, size, TTL_MILLIS)) {
            Consumer<String> writes = writer == null ? store::write : writer;
            fleet.flip(writes);
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < FLIPS; i++) {
                sleep(random.nextInt(300));
                millis.add(fleet.flip(writes));
            }
            if (writer == null) {
                Await.until(
                        LISTED_LIMIT,
                        () -> store.instances().size() + " listed",
                        () -> store.instances().size() == size);
            }
            assertEquals(List.of(), fleet.losses());
            Collections.sort(millis);
            double server = -engine.processorSeconds();
            double instances = -fleet.processorSeconds();
            long[] before = traffic(engine.port);
            sleep(IDLE_MILLIS);
            long[] after = traffic(engine.port);
            server = (server + engine.processorSeconds()) * 100_000 / IDLE_MILLIS;
            instances = (instances + fleet.processorSeconds()) * 100_000 / IDLE_MILLIS;
            double seconds = IDLE_MILLIS / 1000.0;
            ROWS.add("| %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f | %.1f |"
                    .formatted(
                            name,
                            size,
                            millis.get((FLIPS - 1) / 2),
                            millis.get((int) Math.ceil(FLIPS * 0.99) - 1),
                            millis.get(FLIPS - 1),
                            (after[0] - before[0]) / seconds,
                            (after[1] - before[1]) / seconds / 1024,
                            server,
                            instances));
            System.out.println(ROWS.get(ROWS.size() - 1));
        }
    }

    /** Requests and bytes so far, of the connections to a port that are open. */
    private static long[] traffic(int port) {
        try {
            Process ss = new ProcessBuilder("ss", "-tin", "dport = :" + port).start();
            String text = new String(ss.getInputStream().readAllBytes());
            return new long[] {sum(SEGMENTS, text), sum(SENT, text) + sum(RECEIVED, text)};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sum(Pattern pattern, String text) {
        long sum = 0;
        for (Matcher found = pattern.matcher(text); found.find(); ) {
            sum += Long.parseLong(found.group(1));
        }
        return sum;
    }

    private static void replace(Path file, String content) {
        try {
            // Otherwise the JDK deletes the old file first, and for a moment there is no state.
            Path next = Files.writeString(file.resolveSibling("next"), content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        assertTrue(ROWS.size() <= 3 * SIZES.length);
        if (ROWS.size() < 3 * SIZES.length) {
            return; // one of them was not there
        }
        Collections.sort(ROWS);
        String page = "# Stores under a fleet\n\n"
                + "Written by `mvn verify -pl agent-tests -am -Pstores`, with servers that `agent-tests/stores.sh` brings.\n\n"
                + LocalDate.now() + ", " + Machine.description() + ", " + Machine.version(Jdk.running())
                + ", load of the minute before the end: " + Machine.load() + ".\n\n"
                + "Milliseconds from the beginning of a write to the last of the instances that has the new state; "
                + FLIPS
                + " flips each, at random\ntimes. All instances (each with its store, its connections and a thread), the"
                + " server and the writer share this machine.\netcd and Consul are written as the command line writes,"
                + " nginx's file is replaced. Then, for " + IDLE_MILLIS / 1000 + " seconds in which nothing\nhappens"
                + " but heartbeats: requests a second and KiB a second, in both directions, at the server, and processor"
                + " time of\nthe server and of the whole fleet as a share of one processor.\n\n"
                + "| store | instances | p50 | p99 | max | requests/s | KiB/s | server, % | fleet, % |\n"
                + "|---|---|---|---|---|---|---|---|---|\n"
                + String.join("\n", ROWS) + "\n";
        Files.writeString(Project.sources("../docs/stores.md").normalize(), page);
    }
}
