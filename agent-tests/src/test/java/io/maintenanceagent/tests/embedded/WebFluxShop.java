package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The application of a {@link WebFluxCell} with the agent, and what its tests wait for. */
final class WebFluxShop implements AutoCloseable {

    static final Request HELLO = Request.get("/shop/greeting");

    private final WebFluxCell cell;
    private final StateFile state;
    private final StateFile policy;
    private final ServerProcess server;
    private final Management management;

    WebFluxShop(WebFluxCell cell) {
        this.cell = cell;
        Path files = Project.newDirectory("webflux");
        state = new StateFile(files.resolve("maintenance.mode"));
        policy = new StateFile(files.resolve("policy.json"));
        policy.write("{}");
        server = ServerProcess.start(cell.command().agent("file=" + state.path() + ",policy=" + policy.path()));
        assertEquals("Good morning.\n", server.http().send(HELLO).text());
        management = Management.of(server);
    }

    StateFile state() {
        return state;
    }

    StateFile policy() {
        return policy;
    }

    Management management() {
        return management;
    }

    Http http() {
        return server.http();
    }

    JavaProcess process() {
        return server.process();
    }

    List<String> agentLines() {
        return server.agentLines();
    }

    @Override
    public void close() {
        management.close();
        server.close();
    }

    static void awaitServing(Http http) {
        Await.until(Shop.FLIP_LIMIT, () -> "still refuses", () -> !Refusal.refuses(http.send(HELLO)));
    }

    static void awaitRefusing(Http http) {
        Await.until(Shop.FLIP_LIMIT, () -> "still serves", () -> Refusal.refuses(http.send(HELLO)));
    }

    void refuseAll() {
        state.write("on");
        awaitRefusing(http());
    }

    long count(String attribute) {
        return ((Number) management.get(attribute)).longValue();
    }

    void awaitCount(String attribute, long expected) {
        Await.until(Shop.FLIP_LIMIT, () -> attribute + " is " + count(attribute), () -> count(attribute) == expected);
    }

    /** Tomcat closes some itself, where others have failed or gone away before; also without the agent. */
    void awaitOpen(int expected) {
        if (cell != WebFluxCell.SPRING_6_TOMCAT) {
            awaitCount("InFlight", expected);
        }
    }

    /** A stream of events that has begun; tried again where {@link #awaitOpen} says why. */
    Socket openEvents() throws IOException {
        for (int tries = 0; ; tries++) {
            Socket events = connect();
            try {
                write(events, "GET /shop/events HTTP/1.1\r\nHost: shop\r\n\r\n");
                awaitText(events, "event-3");
                return events;
            } catch (AssertionError ended) {
                events.close();
                if (tries == 5) {
                    throw ended;
                }
            }
        }
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), http().port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    static void awaitText(Socket socket, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("ended after " + seen);
            }
            seen.append((char) next);
        }
    }

    static void run(String... arguments) {
        JavaCommand command = new JavaCommand(Jdk.running(), "webflux-cli").jar(Project.agentJar(), arguments);
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(Shop.FLIP_LIMIT), process::toString);
        }
    }
}
