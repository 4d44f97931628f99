package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that wait for the end of maintenance on event loops, which serve others meanwhile. */
final class CoreHoldTest {

    /** More than there are threads. */
    private static final int LIMIT = 60;

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        clients.shutdownNow();
    }

    private static void holding(CoreServer server, Management management) {
        server.state("{\"enabled\": true, \"hold\": {\"seconds\": 60, \"requests\": " + LIMIT + "}}");
        Await.until(CoreServer.LIMIT, () -> "not enforced", () -> (Boolean) management.get("InMaintenance"));
    }

    private static void awaitHeld(Management management, long expected) {
        Await.until(
                CoreServer.LIMIT,
                () -> management.get("Held") + " wait",
                () -> management.get("Held").equals(expected));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNDERTOW", "VERTX"})
    void hold_requestsWaitWithoutAThread_andGoOnWhole(CoreServer.Kind kind) throws Exception {
        kind.assumePicked();
        try (CoreServer server = CoreServer.open(kind, true)) {
            assertEquals(200, server.get("/hello").status());
            try (Management management = server.management()) {
                holding(server, management);
                byte[] body = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
                List<Future<Response>> held = new ArrayList<>();
                for (int i = 0; i < LIMIT; i++) {
                    Request request = i % 10 == 0 ? Request.post("/echo", "text/plain", body) : Request.get("/hello");
                    held.add(clients.submit(() -> server.send(request)));
                }
                awaitHeld(management, LIMIT);
                assertEquals(503, server.get("/hello").status(), "the surplus");
                assertEquals(200, server.get("/health").status());
                Await.until( // the server may be about to end what it has just answered
                        CoreServer.LIMIT,
                        () -> "in flight",
                        () -> management.get("InFlight").equals(0));
                server.off();
                for (int i = 0; i < LIMIT; i++) {
                    Response response = held.get(i).get(30, TimeUnit.SECONDS);
                    assertEquals(200, response.status());
                    assertEquals(
                            i % 10 == 0 ? new String(body, StandardCharsets.US_ASCII) : "Served /hello\n",
                            response.text());
                }
                Await.until(
                        CoreServer.LIMIT,
                        () -> "in flight",
                        () -> management.get("InFlight").equals(0));

                if (kind == CoreServer.Kind.VERTX) { // Undertow looks at no connection while a request is there
                    clientGoesAway(server, management);
                }
            }
            assertEquals(List.of(), agentLines(server));
        }
    }

    private static void clientGoesAway(CoreServer server, Management management) throws IOException {
        holding(server, management);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.http().port())) {
            send(socket);
            awaitHeld(management, 1);
        }
        awaitHeld(management, 0);
    }

    private static void send(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static List<String> agentLines(CoreServer server) {
        return server.process().stderr().lines(line -> line.startsWith("maintenance-agent: "));
    }
}
