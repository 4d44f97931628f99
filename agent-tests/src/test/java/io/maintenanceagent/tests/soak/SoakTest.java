package io.maintenanceagent.tests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Machine;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.StateFile;
import io.maintenanceagent.tests.servers.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random work on real servers, and random flips of the state file. "Drained" must never be said while work that was let
 * in is under way, by the application's own count; and each answer is the application's or a refusal, and whole. The
 * numbers go into {@code docs/soak.md}.
 *
 * <p>System properties: {@code soak.trials} and {@code soak.flips} over all servers, and {@code soak.servers}, which
 * picks those whose name contains it.
 */
final class SoakTest {

    private static final int CLIENTS = 12;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> ROWS = new ArrayList<>();

    private static final Random RANDOM = new Random();

    private interface Start {
        Soaked server();
    }

    static Stream<String> servers() {
        String wanted = System.getProperty("soak.servers", "");
        return STARTS.keySet().stream().filter(name -> name.contains(wanted));
    }

    private static final Map<String, Start> STARTS = starts();

    private static Map<String, Start> starts() {
        Map<String, Start> starts = new LinkedHashMap<>();
        Cell.running().forEach(cell -> starts.put(cell.server().toString(), () -> Soaked.embedded(cell)));
        Matrix.cells()
                .filter(cell -> cell.jdk().equals(Jdk.running()))
                .filter(cell ->
                        List.of("wildfly-39", "liberty-26").contains(cell.row().id()))
                .forEach(cell -> starts.put(cell.row().id(), () -> Soaked.distribution(cell))); // the last of each
        return starts;
    }

    @ParameterizedTest
    @MethodSource("servers")
    void saysDrainedInTime_andAnswersWhole(String name) throws Exception {
        int servers = (int) servers().count();
        int trials = Math.max(1, Integer.getInteger("soak.trials", 600) / servers);
        int flips = Math.max(1, Integer.getInteger("soak.flips", 6000) / servers);
        try (Soaked server = STARTS.get(name).server()) {
            Path file = Project.newDirectory("soak").resolve("work");
            WorkFile work = new WorkFile(file);
            assertEquals(
                    200, server.http().get("/shop/soak?kind=watch&file=" + file).status());
            server.state().write("off");
            SoakClients clients = SoakClients.start(server, CLIENTS);
            Latencies flipped = new Latencies();
            Latencies drained = new Latencies();
            int flipsDone = 0;
            try {
                for (int trial = 0; trial < trials; trial++) {
                    pause(30);
                    int before = work.drained();
                    flip(server.state(), work, true, flipped);
                    long begun = System.nanoTime();
                    Await.until(LIMIT, () -> "never drained on " + server.name(), () -> work.drained() > before);
                    drained.add(System.nanoTime() - begun);
                    flip(server.state(), work, false, flipped);
                    flipsDone += 2;
                }
                while (flipsDone < flips) {
                    pause(5);
                    flip(server.state(), work, true, flipped);
                    pause(5);
                    flip(server.state(), work, false, flipped);
                    flipsDone += 2;
                }
            } finally {
                clients.leave();
                ROWS.add("| "
                        + String.join(
                                " | ",
                                server.name(),
                                "" + trials,
                                "" + work.drained(),
                                "**" + work.wrong() + "**",
                                "" + flipsDone,
                                "" + clients.served(),
                                "" + clients.refused(),
                                "" + clients.aborted(),
                                "**" + clients.oddAnswers() + "**",
                                flipped.toString(),
                                drained.toString(),
                                clients.refusals().toString())
                        + " |");
            }
            assertEquals(0, work.wrong(), "drained was said while something was at work");
            assertEquals(List.of(), clients.odd());
            assertTrue(clients.served() > 0 && clients.refused() > 0);
            // What was left behind would be in flight for ever.
            int before = work.drained();
            server.state().write("on");
            Await.until(LIMIT, () -> "not drained at the end", () -> work.drained() > before);
        }
    }

    private static void flip(StateFile state, WorkFile work, boolean on, Latencies latencies) {
        String content = on
                ? List.of("on", "1", "{\"enabled\": true, \"by\": \"soak\"}").get(RANDOM.nextInt(3))
                : List.of("off", "{\"enabled\": false}").get(RANDOM.nextInt(2));
        long begun = System.nanoTime();
        if (RANDOM.nextBoolean()) {
            state.write(content);
        } else {
            state.replace(content);
        }
        Await.until(LIMIT, () -> "not enforced: " + content, () -> work.isInMaintenance() == on);
        latencies.add(System.nanoTime() - begun);
    }

    private static void pause(int mostMillis) throws InterruptedException {
        Thread.sleep(RANDOM.nextInt(mostMillis + 1));
    }

    @AfterAll
    static void write() throws IOException {
        String page = """
                # Soak

                Random work (synchronous, streamed, forwarded, included, failing, asynchronous in all ways, timed out, left by
                its client) while the state file is flipped at random. *Wrong* is how often the agent was found to say
                "drained" while work that it had let in was under way, by the application's own count, looked at each
                millisecond. *Odd* is how many answers were neither the application's nor a refusal, or not whole. A trial
                waits for "drained". Times are the median, the 99th percentile and the longest, in milliseconds: of a flip,
                from the write until the agent says that it enforces it; until it says "drained" after that; of a refusal.

                Open Liberty, with the agent or without, gives asynchronous requests the parameters of others now and then;
                there an answer counts as whole whosever parameter it names.

                `mvn verify -pl agent-tests -am -Psoak [-Dsoak.trials=10000] [-Dsoak.flips=100000] [-Dsoak.servers=tomcat]`

                | server | trials | "drained" said | wrong | flips | served | refused | aborted | odd | flip, ms | drained, ms \
                | refusal, ms |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                """
                + String.join("\n", ROWS)
                + "\n\n%d clients, on %s, load %s, %s, on %s.\n"
                        .formatted(
                                CLIENTS,
                                Machine.description(),
                                Machine.load(),
                                Machine.version(Jdk.running()),
                                LocalDate.now());
        Path file = Project.sources("../docs/soak.md").normalize();
        Files.createDirectories(file.getParent());
        Files.writeString(file, page);
    }
}
