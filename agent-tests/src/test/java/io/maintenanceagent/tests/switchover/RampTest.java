package io.maintenanceagent.tests.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Machine;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import io.maintenanceagent.tests.harness.WebApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/**
 * Two thousand clients that come back from maintenance when {@code Retry-After} tells them to, and then go on as ever:
 * all at once after {@code off}, one after the other after {@code off --ramp}. Writes {@code docs/ramp.md}.
 */
final class RampTest {

    private static final int CLIENTS = 2000;

    /** Between two requests of a client that is served, in milliseconds. */
    private static final int THINK = 5_000;

    private static final int RAMP = 30;
    private static final int STEADY = CLIENTS * 1000 / THINK;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void comingBack_overARamp_isNoStampede() throws Exception {
        String load = Machine.load();
        int all = peak(false);
        int ramped = peak(true);
        Files.write(
                Path.of(System.getProperty("basedir", "")).resolve("docs/ramp.md"),
                List.of(
                        "# Coming back",
                        "",
                        CLIENTS
                                + " clients are refused and told to come back in the same second. Once served, "
                                + "each sends a request",
                        "every " + THINK / 1000 + " seconds, which is a steady load of " + STEADY
                                + " requests a second. By",
                        "`mvn verify -pl agent-tests -am -Pswitch-overs`, which writes this page.",
                        "",
                        "- " + Machine.description() + ", with a load of " + load + " from other work before",
                        "",
                        "| End | Most requests that clients sent in a second and that were served | Against the "
                                + "steady load |",
                        "|---|---|---|",
                        "| `off` | " + all + " | ×" + all * 10 / STEADY / 10.0 + " |",
                        "| `off --ramp " + RAMP + "s` | " + ramped + " | ×" + ramped * 10 / STEADY / 10.0 + " |"));
        assertTrue(ramped <= 1.2 * STEADY, ramped + " in a second, and " + STEADY + " are steady");
        assertTrue(all > ramped, all + " without a ramp");
    }

    /** The most requests that were served in any second; maintenance ends at the second that was announced. */
    private int peak(boolean isRamp) throws Exception {
        StateFile state = new StateFile(Project.newDirectory("ramp").resolve("maintenance.mode"));
        state.write("on");
        try (ServerProcess server = ServerProcess.start(
                        new Cell(Server.TOMCAT_11, Jdk.running()),
                        new WebApplication("switch-over"),
                        command -> command.agent("file=" + state.path()));
                Crowd crowd = new Crowd(server.http().port())) {
            Instant end = Instant.now().plusSeconds(8);
            state.write("{\"enabled\": true, \"until\": \"" + end + "\"}");
            Thread.sleep(1000);
            crowd.come();
            Thread.sleep(Math.max(0, Duration.between(Instant.now(), end).toMillis() - 20));
            state.write(
                    isRamp
                            ? "{\"enabled\": true, \"from\": \"" + end.minusMillis(100) + "\", \"until\": \""
                                    + end.plusSeconds(RAMP) + "\", \"admit\": {\"ramp\": true}}"
                            : "off");
            Thread.sleep(1000L * RAMP + 2 * THINK);
            assertEquals(CLIENTS, crowd.in.get(), "not everybody is in");
            return crowd.peak();
        }
    }

    /** The clients, each with a session of its own. */
    private final class Crowd implements AutoCloseable {
        private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        private final AtomicIntegerArray served = new AtomicIntegerArray(300);
        private final long began = System.nanoTime();
        private final int port;
        private final AtomicInteger in = new AtomicInteger();

        Crowd(int port) {
            this.port = port;
        }

        /** All of them within two seconds, before the end of maintenance. */
        void come() {
            Random random = new Random(1);
            for (int i = 0; i < CLIENTS; i++) {
                sendAt(now() + random.nextInt(2000), Long.toHexString(random.nextLong()), false);
            }
        }

        private long now() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        }

        /** @param due when, in milliseconds since the beginning; a busy machine may be late */
        private void sendAt(long due, String session, boolean wasIn) {
            clock.schedule(() -> ask(due, session, wasIn), Math.max(0, due - now()), TimeUnit.MILLISECONDS);
        }

        private void ask(long due, String session, boolean wasIn) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/shop/order"))
                    .header("Cookie", "JSESSIONID=" + session)
                    .timeout(Duration.ofSeconds(60))
                    .build();
            client.sendAsync(request, BodyHandlers.discarding()).whenComplete((response, fault) -> {
                if (response == null) {
                    sendAt(now() + 1000, session, wasIn);
                } else if (response.statusCode() == 503) {
                    sendAt(now() + 1000 * retryAfter(response), session, wasIn);
                } else {
                    served.incrementAndGet((int) (due / 1000));
                    if (!wasIn) {
                        in.incrementAndGet();
                    }
                    sendAt(due + THINK, session, true);
                }
            });
        }

        private long retryAfter(HttpResponse<?> response) {
            return response.headers().firstValueAsLong("Retry-After").orElseThrow();
        }

        int peak() {
            int most = 0;
            for (int i = 0; i < served.length(); i++) {
                most = Math.max(most, served.get(i));
            }
            return most;
        }

        @Override
        public void close() throws IOException {
            clock.shutdownNow();
        }
    }
}
