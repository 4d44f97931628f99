package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.HttpConnection;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers without servlets: by the same rules, answers and counts as a servlet container. */
final class CoreServersTest {

    private static final String POLICY = """
            {'rules': [
               {'path': '/closed', 'maintenance': 'on'},
               {'path': '/open/**', 'maintenance': 'off'},
               {'path': '/status', 'method': ['GET'], 'maintenance': 'off'},
               {'hosts': ['open.example.com'], 'maintenance': 'off'}],
             'exempt': {'headers': {'X-Admin-Key': 'a-key-of-the-administrators'}, 'addresses': ['10.0.0.0/8']},
             'trustedProxies': ['127.0.0.0/8'],
             'bypass': {'secret': '0123456789abcdef0123456789abcdef'},
             'response': {'cors': {'origins': ['https://app.example.com']}, 'headers': {'X-Maintenance': 'on'}}}""";

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.http.CoreServer$On#all")
    void refusesByTheRulesAndServesAgain(CoreServer.On on) throws IOException {
        try (CoreServer server = CoreServer.withAgent(on)) {
            assertEquals("Served /hello\n", server.get("/hello").text());
            server.policy(POLICY, "/closed");
            server.on();
            byte[] large = "x".repeat(300_000).getBytes(StandardCharsets.US_ASCII);
            for (Request request : List.of(
                    Request.get("/hello"),
                    Request.get("/none/such?a=b"),
                    Request.of("HEAD", "/hello"),
                    Request.of("DELETE", "/hello"),
                    Request.post("/echo", "text/plain", "short".getBytes(StandardCharsets.US_ASCII)),
                    Request.post("/echo", "text/plain", large),
                    Request.of("POST", "/status"),
                    Request.get("/open/../hello"),
                    Request.get("/fault"))) {
                Response response = server.send(request);
                Refusal.DEFAULT.assertAnswers(request, response);
                assertEquals("on", response.header("X-Maintenance"));
                assertNull(response.header("X-Filter"), "the server's own filter ran");
            }
            Response page = server.send(Request.get("/hello").with("Accept", "text/html"));
            assertEquals(503, page.status());
            assertTrue(page.header("Content-Type").startsWith("text/html"), page::toString);
            Response preflight = server.send(Request.of("OPTIONS", "/hello")
                    .with("Origin", "https://app.example.com")
                    .with("Access-Control-Request-Method", "PUT"));
            assertEquals("https://app.example.com", preflight.header("Access-Control-Allow-Origin"));
            assertTrue(preflight.status() < 300, preflight::toString);

            for (Request request : List.of(
                    Request.get("/open/a"),
                    Request.get("/status"),
                    Request.get("/health"),
                    Request.get("/hello").with("Host", "open.example.com:8080"),
                    Request.get("/hello").with("X-Admin-Key", "a-key-of-the-administrators"),
                    Request.get("/hello").with("X-Forwarded-For", "10.1.2.3"))) {
                assertEquals(200, server.send(request).status(), request::toString);
            }
            Request forced = Request.get("/closed").with("X-Admin-Key", "a-key-of-the-administrators");
            Refusal.DEFAULT.assertAnswers(forced, server.send(forced));
            assertKeepsConnections(server);
            server.off();
            Response echo = server.send(Request.post("/echo", "text/plain", large));
            assertEquals(large.length, echo.body().length);
            assertEquals(List.of(), server.agentLines());
        }
    }

    /** Unless the server says otherwise: Grizzly, like Tomcat, closes one after a 503. */
    private static void assertKeepsConnections(CoreServer server) throws IOException {
        try (HttpConnection connection = server.http().connect()) {
            for (String path : List.of("/open/a", "/hello", "/open/b")) {
                Response response = connection.send(Request.get(path));
                assertEquals(path.startsWith("/open") ? 200 : 503, response.status());
                if (response.closes()) {
                    connection.expectEnd();
                    return;
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.http.CoreServer$On#all")
    void isDrainedWhenTheLastResponseIsSent(CoreServer.On on) {
        try (CoreServer server = CoreServer.withAgent(on)) {
            server.get("/hello");
            try (Management management = server.management()) {
                List<String> paths = List.of("/slow", "/late", "/stream", "/late-stream");
                List<Client> clients = new ArrayList<>();
                paths.forEach(path -> clients.add(server.enter(path)));
                List<Client> cancelled = new ArrayList<>();
                paths.forEach(path -> cancelled.add(server.enter(path)));
                management.awaitInFlight(8);
                server.on();
                assertEquals(8, management.get("InFlightBlocking"));
                assertEquals(false, management.get("Drained"));

                cancelled.forEach(Client::cancel);
                cancelled.forEach(Client::open);
                management.awaitInFlight(4);
                for (int i = 0; i < clients.size(); i++) {
                    clients.get(i).open();
                    Response response = clients.get(i).read();
                    assertEquals(200, response.status(), response::toString);
                    int length = response.body().length;
                    assertTrue(paths.get(i).endsWith("stream") ? length == 1_000_000 : length > 4, paths.get(i));
                    management.awaitInFlight(3 - i);
                }
                assertEquals(true, management.get("Drained"));
                server.off();
                manyOfAllSorts(server);
                management.awaitInFlight(0);
                assertNull(management.get("LastError"));
            }
            assertEquals(List.of(), server.agentLines());
            if (on.kind() != CoreServer.Kind.MICRONAUT) { // which leaks what it has not sent, also without the agent
                assertEquals(List.of(), server.process().stderr().lines(line -> line.contains("LEAK")));
            }
        }
    }

    /** Some end, some fail, some are left by their clients, at the same time. */
    private static void manyOfAllSorts(CoreServer server) {
        IntStream.range(0, Boolean.getBoolean("frameworks") ? 999 : 90)
                .parallel()
                .forEach(i -> {
                    if (i % 3 == 0) {
                        Client client = server.enter(i % 2 == 0 ? "/late-stream" : "/stream");
                        client.cancel();
                        client.open();
                    } else if (i % 3 == 1) {
                        assertEquals(
                                1_000_000,
                                server.get(i % 2 == 0 ? "/late-stream" : "/stream")
                                        .body()
                                        .length);
                    } else {
                        try {
                            assertTrue(server.get("/fault").status() >= 500);
                        } catch (UncheckedIOException closed) {
                            // as the JDK's server does then
                        }
                    }
                });
    }

    /** The classes are loaded, and a connection is open. */
    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.http.CoreServer$On#all")
    void comesAndGoes(CoreServer.On on) throws IOException {
        Cli cli = new Cli();
        try (CoreServer server = CoreServer.withoutAgent(on);
                HttpConnection connection = server.http().connect()) {
            assertEquals(200, connection.send(Request.get("/hello")).status());
            Client before = server.enter("/slow");
            cli.run("attach", Long.toString(server.process().pid()), server.options())
                    .done();
            server.on();
            assertEquals(503, connection.send(Request.get("/hello")).status());
            before.open();
            assertEquals("Worth the wait.\n", before.read().text());
            cli.run("detach", Long.toString(server.process().pid())).done();
            assertEquals(200, server.get("/hello").status());
            assertEquals(List.of(), server.agentLines());
        }
    }

    @Test
    void check_namesWhatSuchAServerHasNot() {
        Cli cli = new Cli();
        try (CoreServer server = CoreServer.open(CoreServer.Kind.JDK, true)) {
            server.get("/hello");
            server.state("off"); // without a file nobody asks for reports
            String file = server.stateFile().path().toString();
            server.policyFile().replace("{\"rules\": [{\"path\": \"/open/**\", \"maintenance\": \"off\"}]}");
            Await.until(
                    CoreServer.LIMIT,
                    () -> "no report",
                    () -> server.reports().stream().anyMatch(report -> report.contains("\"servlets\":false")));
            String policy = server.policyFile().path().toString();
            cli.run("check", "--policy", policy, "--file", file).done();
            server.policyFile()
                    .replace("{\"rules\": [{\"servlet\": \"shop.StatusServlet\", \"maintenance\": \"off\"}],"
                            + "\"exempt\": {\"roles\": [\"admin\"]}}");
            Cli.Outcome checked = cli.run("check", "--policy", policy, "--file", file);
            assertEquals(1, checked.code());
            assertEquals(2, checked.err().size(), checked::toString);
            assertTrue(
                    checked.err()
                            .get(0)
                            .endsWith("serves without servlets, where nobody has a role (exempt.roles);"
                                    + " exempt these people by a header, an address or the bypass link"),
                    checked::toString);
            assertTrue(
                    checked.err()
                            .get(1)
                            .endsWith(
                                    "where no rule by servlet or annotation counts;" + " name paths in place of them"),
                    checked::toString);
        }
    }
}
