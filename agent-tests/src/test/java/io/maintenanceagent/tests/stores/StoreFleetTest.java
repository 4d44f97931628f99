package io.maintenanceagent.tests.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Machine;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.redis.AgentStore;
import io.maintenanceagent.tests.redis.Fleet;
import io.maintenanceagent.tests.redis.Redis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many instances on one server: how soon the last of them has a new state, and what they cost the server while nothing
 * happens. Writes {@code docs/stores.md}.
 */
final class StoreFleetTest {

    private static final List<Integer> SIZES = Stream.of(
                    System.getProperty("stores.sizes", "10,200,1000").split(","))
            .map(Integer::valueOf)
            .toList();

    private static final int FLIPS = Integer.getInteger("stores.flips", 100);

    /** Of what takes a second each. */
    private static final int POLLED_FLIPS = Math.min(FLIPS, 25);

    /** As agents do it. */
    private static final long TTL_MILLIS = 15_000;

    private static final long IDLE_MILLIS = 10_000;
    private static final Duration LISTED_LIMIT = Duration.ofSeconds(60);

    /** Of one connection: bytes in both directions, and how many pieces this side has sent. */
    private static final Pattern SENT = Pattern.compile(" bytes_sent:(\\d+)");

    private static final Pattern RECEIVED = Pattern.compile(" bytes_received:(\\d+)");
    private static final Pattern SEGMENTS = Pattern.compile(" data_segs_out:(\\d+)");

    private static final Path PAGE = Project.sources("../docs/stores.md").normalize();
    private static final String ROW = "| %s | %d | %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f | %.1f | %s |";

    private static final String PLAIN_SET = "Redis, `SET`";
    private static final String LONG_POLL = "URL (wait=8)";

    /** By store and size, in the order of the page. */
    private static final Map<String, String> ROWS = new LinkedHashMap<>();

    @BeforeAll
    static void keepWhatIsNotMeasured() throws IOException {
        for (String store : List.of("Redis", PLAIN_SET, "etcd", "Consul", "URL (nginx)", LONG_POLL)) {
            for (int size : SIZES) {
                ROWS.put("| " + store + " | " + size + " |", null);
            }
        }
        if (Files.exists(PAGE)) {
            Files.readAllLines(PAGE).stream()
                    .filter(line -> ROWS.containsKey(key(line)))
                    .forEach(line -> ROWS.put(key(line), line));
        }
    }

    private static String key(String line) {
        String[] cells = line.split(" *\\| *");
        return cells.length < 3 ? "" : "| " + cells[1] + " | " + cells[2] + " |";
    }

    private final Random random = new Random(1);

    @Test
    void redis_fleetFollows() throws IOException {
        try (Redis redis = Redis.running()) {
            for (int size : SIZES) {
                String key = "fleet-" + size;
                measure("Redis", redis::processorSeconds, redis.port(), redis.uri(key), size, null);
                redis.send("DEL", key);
                measure(
                        PLAIN_SET,
                        redis::processorSeconds,
                        redis.port(),
                        redis.uri(key),
                        size,
                        content -> redis.send("SET", key, content));
            }
        }
    }

    @Test
    void etcd_fleetFollows() throws IOException {
        try (Etcd etcd = Etcd.inMemory()) {
            for (int size : SIZES) {
                measure("etcd", etcd::processorSeconds, etcd.port, etcd.uri("fleet-" + size), size, null);
            }
        }
    }

    @Test
    void consul_fleetFollows() throws IOException {
        try (Consul consul = Consul.inMemory()) {
            for (int size : SIZES) {
                measure("Consul", consul::processorSeconds, consul.port, consul.uri("fleet-" + size), size, null);
            }
        }
    }

    @Test
    void url_fleetFollows() throws IOException {
        try (Nginx nginx = Nginx.running()) {
            for (int size : SIZES) {
                Path file = nginx.file("fleet-" + size);
                String uri = nginx.uri("fleet-" + size);
                measure(
                        "URL (nginx)",
                        nginx::processorSeconds,
                        nginx.port,
                        uri,
                        size,
                        content -> replace(file, content));
            }
        }
    }

    @Test
    void waitingUrl_fleetFollows() throws IOException {
        Path token = Files.writeString(Project.newDirectory("fleet").resolve("token"), WebResource.TOKEN);
        try (WebResource resource = new WebResource()) {
            String uri = resource.url() + "#wait=8&token-file=" + token;
            for (int size : SIZES) {
                resource.set(null);
                measure(LONG_POLL, StoreFleetTest::ownSeconds, resource.port(), uri, size, resource::set);
            }
        }
    }

    private static double ownSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** @param writer writes the state; {@code null} to write as the command line does, where instances report */
    private void measure(String name, DoubleSupplier seconds, int port, String uri, int size, Consumer<String> writer)
            throws IOException {
        int flips = name.contains("nginx") ? POLLED_FLIPS : FLIPS;
        try (AgentStore store = AgentStore.open(uri);
                Fleet fleet = Fleet.start(uri, size, TTL_MILLIS)) {
            Consumer<String> writes = writer == null ? content -> write(store, content) : writer;
            fleet.flip(writes);
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < flips; i++) {
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
            double server = -seconds.getAsDouble();
            double instances = -fleet.processorSeconds();
            long[] before = traffic(port, fleet.pid());
            sleep(IDLE_MILLIS);
            long[] after = traffic(port, fleet.pid());
            server = (server + seconds.getAsDouble()) * 100_000 / IDLE_MILLIS;
            instances = (instances + fleet.processorSeconds()) * 100_000 / IDLE_MILLIS;
            String row = ROW.formatted(
                    name,
                    size,
                    flips,
                    millis.get((flips - 1) / 2),
                    millis.get((int) Math.ceil(flips * 0.99) - 1),
                    millis.get(flips - 1),
                    (after[0] - before[0]) * 1000.0 / IDLE_MILLIS,
                    (after[1] - before[1]) * 1000.0 / IDLE_MILLIS / 1024,
                    server,
                    instances,
                    Machine.load());
            ROWS.put(key(row), row);
            System.out.println(row);
        }
    }

    /** As somebody who tries again: a server that is too busy may not answer in time. */
    private static void write(AgentStore store, String content) {
        Await.until(LISTED_LIMIT, () -> "not written", () -> {
            try {
                store.write(content);
                return true;
            } catch (UncheckedIOException busy) {
                return false;
            }
        });
    }

    /** Requests and bytes so far, of a process's connections to a port that are open; etcd's own lead there as well. */
    private static long[] traffic(int port, long pid) {
        try {
            Process ss = new ProcessBuilder("ss", "-tinpO", "dport = :" + port).start();
            String text = new String(ss.getInputStream().readAllBytes())
                    .lines()
                    .filter(line -> line.contains(",pid=" + pid + ","))
                    .collect(Collectors.joining("\n"));
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
        String rows = ROWS.values().stream().filter(Objects::nonNull).collect(Collectors.joining("\n"));
        String page = """
                # Stores under a fleet

                Written by `mvn verify -pl agent-tests -am -Pstores -Dtest=StoreFleetTest -Dsurefire.failIfNoSpecifiedTests=false`,
                with servers that `agent-tests/stores.sh` brings. A part of it (`-Dtest=StoreFleetTest#etcd*`) replaces its rows.

                """
                + LocalDate.now() + ", " + Machine.description() + ", " + Machine.version(Jdk.running()) + ".\n"
                + """

                Milliseconds from the beginning of a write to the last of the instances that has the new state, the
                flips at random times. All instances (each with its store, its connections and a thread), the server
                and the writer share this machine, whose disk plays no part: etcd and Consul have their data in memory.
                The load of the minute before is in the last column. All are written as the command line writes, but
                where Redis gets a `SET` of another client's, and sends no notifications of it; and those of a URL,
                which are replaced at the server: a file of nginx's, and a resource of a server on the JDK's HttpServer
                that waits for a change where it is asked to. Then, for ten seconds in which nothing happens but
                heartbeats: requests a second and KiB a second, in both directions, at the server, and processor time
                of the server and of the whole fleet as a share of one processor.

                | store | instances | flips | p50 | p99 | max | requests/s | KiB/s | server, % | fleet, % | load |
                |---|---|---|---|---|---|---|---|---|---|---|
                """
                + rows + "\n"
                + """

                A URL is polled once a second, which is what its times are, unless the server is asked to wait. Redis is
                polled five times a second besides its messages; etcd and Consul are asked every four seconds. Each
                instance reports every five seconds.
                """;
        Files.writeString(PAGE, page);
    }
}
