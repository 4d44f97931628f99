package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.embedded.WebFluxCell;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.HttpConnection;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Waves of requests, of which a third is cancelled by its clients, a third streams, and a third fails, each wave met by
 * maintenance: a JVM is never drained while its own application counts a request as running, and nothing is left.
 */
final class ManyRequestsTest {

    private static final int AT_ONCE = 60;
    private static final int LONGEST_MILLIS = 600;

    /** How long an application may take from the end of a response to its own count, on a busy machine. */
    private static final Duration OWN_COUNT = Duration.ofMillis(300);

    private static final String POLICY = "{\"rules\": [{\"path\": \"/**/running\", \"maintenance\": \"off\"}]}";

    /** A server, below which path its application is, and how many waves it gets. */
    record Target(String name, String context, int waves, Start start) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Starts a server with the agent that follows these files. */
    interface Start {
        Running start(StateFile state, StateFile policy);
    }

    /** What is asked of a server. */
    record Running(JavaProcess process, Http http, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    /** Seventeen waves make a thousand requests. */
    private static final int WAVES = Integer.getInteger("waves", 17);

    /** The default run has a few on one server. */
    static Stream<Target> targets() {
        if (!Boolean.getBoolean("frameworks")) {
            return Stream.of(core(CoreServer.Kind.JDK, 3));
        }
        List<Target> targets = new ArrayList<>();
        CoreServer.Kind.tried().forEach(kind -> targets.add(core(kind, WAVES)));
        WebFluxCell.tried()
                .forEach(cell -> targets.add(new Target(cell.name(), "/shop", WAVES, (state, policy) -> {
                    ServerProcess server = ServerProcess.start(cell.command().agent(options(state, policy)));
                    return new Running(server.process(), server.http(), server::close);
                })));
        return targets.stream();
    }

    private static Target core(CoreServer.Kind kind, int waves) {
        return new Target(kind.toString(), "", waves, (state, policy) -> {
            CoreServer server = CoreServer.open(kind, state, policy);
            return new Running(server.process(), server.http(), server::close);
        });
    }

    private static String options(StateFile state, StateFile policy) {
        return "file=" + state.path() + ",policy=" + policy.path();
    }

    private final Random random = new Random(17);

    @ParameterizedTest
    @MethodSource("targets")
    void manyRequests_nothingLeftAndNothingEarly(Target target) throws Exception {
        Path files = Project.newDirectory("many");
        StateFile state = new StateFile(files.resolve("maintenance.mode"));
        StateFile policy = new StateFile(files.resolve("policy.json"));
        state.write("off");
        policy.write(POLICY);
        ExecutorService clients = Executors.newCachedThreadPool();
        try (Running server = target.start.start(state, policy)) {
            assertEquals(0, running(server, target));
            try (Management management = Management.of(server.process)) {
                for (int i = 0; i < target.waves; i++) {
                    wave(server, target, state, management, clients);
                }
                assertEquals(
                        0L, ((Number) management.get("Faults")).longValue(), () -> "" + management.get("LastError"));
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void wave(Running server, Target target, StateFile state, Management management, ExecutorService clients)
            throws InterruptedException {
        state.write("off");
        await(management, "InMaintenance", false);
        List<CompletableFuture<Void>> wave = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Request request = Request.get(target.context + path(i) + "?" + (50 + random.nextInt(LONGEST_MILLIS)));
            int leaves = i % 3 == 0 ? random.nextInt(LONGEST_MILLIS) : -1;
            wave.add(CompletableFuture.runAsync(() -> send(server.http, request, leaves), clients));
        }
        Thread.sleep(random.nextInt(LONGEST_MILLIS));
        state.write("on");
        await(management, "InMaintenance", true);
        await(management, "Drained", true);
        assertEquals(
                true,
                Await.within(OWN_COUNT, () -> running(server, target) == 0),
                () -> "drained too early: " + running(server, target) + " in the application");
        wave.forEach(CompletableFuture::join);
        Await.until(
                CoreServer.LIMIT,
                () -> "left: " + management.get("InFlight"),
                () -> management.get("InFlight").equals(0));
    }

    private static String path(int number) {
        String late = number % 2 == 0 ? "/late-" : "/";
        return switch (number % 3) {
            case 0 -> late + (number % 4 < 2 ? "busy" : "drip");
            case 1 -> late + "drip";
            default -> "/failing";
        };
    }

    private static int running(Running server, Target target) {
        return Integer.parseInt(server.http.get(target.context + "/running").text());
    }

    private static void await(Management management, String attribute, Object value) {
        Await.until(
                CoreServer.LIMIT,
                () -> attribute + ", in flight: " + management.get("InFlight"),
                () -> value.equals(management.get(attribute)));
    }

    /** Whatever comes of it: some are refused, some fail, and of those that leave nothing is read. */
    private static void send(Http http, Request request, int leavesAfterMillis) {
        try (HttpConnection connection = http.connect()) {
            connection.begin(request.with("Connection", "close"));
            if (leavesAfterMillis < 0) {
                Response response = connection.receive("GET");
                assertEquals(true, response.status() >= 200, response::toString);
            } else {
                Thread.sleep(leavesAfterMillis);
                connection.reset();
            }
        } catch (IOException failed) {
            // as asked for
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
