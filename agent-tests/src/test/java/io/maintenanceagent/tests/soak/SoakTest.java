package io.maintenanceagent.tests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.StateFile;
import io.maintenanceagent.tests.servers.Matrix;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random work on real servers, and random flips of the state file. "Drained" must never be said while work that was let
 * in is under way, by the application's own count; and each answer is the application's or a refusal, and whole. The
 * numbers go into {@code docs/soak.md}.
 *
 * <p>System properties: {@code soak.trials} and {@code soak.flips} over all servers, and {@code soak.servers}, which
 * picks those whose name contains it; {@code soak.add} adds to what the page says of them.
 */
final class SoakTest {

    private static final int CLIENTS = 12;
    private static final Duration LIMIT = Duration.ofSeconds(60);

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
            Path directory = Project.newDirectory("soak");
            Path file = directory.resolve("work");
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
                    flip(server.state(), directory, work, true, flipped);
                    long begun = System.nanoTime();
                    Await.until(LIMIT, () -> "never drained on " + server.name(), () -> work.drained() > before);
                    drained.add(System.nanoTime() - begun);
                    flip(server.state(), directory, work, false, flipped);
                    flipsDone += 2;
                }
                while (flipsDone < flips) {
                    pause(5);
                    flip(server.state(), directory, work, true, flipped);
                    pause(5);
                    flip(server.state(), directory, work, false, flipped);
                    flipsDone += 2;
                }
            } finally {
                clients.leave();
                SoakPage.put(
                        new SoakRow(
                                server.name(),
                                Stream.of(
                                                trials,
                                                work.drained(),
                                                work.wrong(),
                                                flipsDone,
                                                clients.served(),
                                                clients.refused(),
                                                clients.aborted(),
                                                clients.oddAnswers())
                                        .map(Integer::longValue)
                                        .toList(),
                                List.of(
                                        flipped.percentiles(),
                                        drained.percentiles(),
                                        clients.refusals().percentiles()),
                                SoakPage.commit(),
                                LocalDate.now().toString()),
                        CLIENTS);
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

    /** The file that is renamed comes from elsewhere: many others beside the state end the watch of events. */
    private static void flip(StateFile state, Path directory, WorkFile work, boolean on, Latencies latencies) {
        String content = on
                ? List.of("on", "1", "{\"enabled\": true, \"by\": \"soak\"}").get(RANDOM.nextInt(3))
                : List.of("off", "{\"enabled\": false}").get(RANDOM.nextInt(2));
        long begun = System.nanoTime();
        if (RANDOM.nextBoolean()) {
            state.write(content);
        } else {
            state.replaceFrom(directory, content);
        }
        Await.until(LIMIT, () -> "not enforced: " + content, () -> work.isInMaintenance() == on);
        latencies.add(System.nanoTime() - begun);
    }

    private static void pause(int mostMillis) throws InterruptedException {
        Thread.sleep(RANDOM.nextInt(mostMillis + 1));
    }
}
