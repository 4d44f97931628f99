package io.maintenanceagent.tests.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.HttpConnection;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The responses of real servers to each kind of client. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.harness.Cell#running")
class AnswerTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static final String DEFAULT = "Service temporarily unavailable due to maintenance";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final StateFile STATE =
            new StateFile(Project.newDirectory("state").resolve("maintenance.mode"));

    private static ServerProcess server;

    @Parameter
    Cell cell;

    @BeforeParameterizedClassInvocation
    static void open(Cell cell) {
        server = ServerProcess.start(cell, command -> command.agent("file=" + STATE.path()));
    }

    @AfterParameterizedClassInvocation
    static void close() {
        server.close();
    }

    private static void enforce(String state, String message) {
        STATE.write(state);
        Request request = Request.get("/shop/greeting");
        Await.until(
                LIMIT,
                () -> "not enforced: " + state,
                () -> server.http().send(request).text().contains(message));
    }

    @Test
    void response_accept_representation() {
        enforce("{\"enabled\": true, \"message\": \"Sp\u00e4ter.\"}", "Sp\u00e4ter.");
        assertForm(server, "*/*", "application/json", "{\"detail\":\"Sp\u00e4ter.\"}");
        assertForm(server, "text/plain", "text/plain;charset=utf-8", "Sp\u00e4ter.\n");
        assertForm(
                server,
                "application/problem+json",
                "application/problem+json",
                "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                        + "\"detail\":\"Sp\u00e4ter.\"}");
        assertForm(
                server,
                "text/event-stream",
                "text/event-stream;charset=utf-8",
                "retry: 3600000\nevent: maintenance\ndata: {\"detail\":\"Sp\u00e4ter.\"}\n\n");
        Request lines = Request.get("/shop/greeting")
                .with("Accept", "application/json;q=0.5")
                .with("Accept", "text/plain");
        assertEquals("Sp\u00e4ter.\n", server.http().send(lines).text(), "several lines count as one");
        Request page = Request.get("/shop/greeting").with("Accept", BROWSER).with("Accept-Language", "fr");
        Response response = server.http().send(page);
        assertEquals("fr", response.header("Content-Language"));
        assertEquals("Accept, Accept-Language", response.header("Vary"));
        assertTrue(response.text().contains(">Sp\u00e4ter.</p>"), response.toString());
    }

    private static void assertForm(ServerProcess server, String accept, String contentType, String body) {
        Response get = server.http().send(Request.get("/shop/greeting").with("Accept", accept));
        assertEquals(503, get.status());
        assertEquals(body, get.text());
        // Jetty and Undertow write the charset as they like it.
        assertEquals(contentType, get.header("Content-Type").toLowerCase().replace("; ", ";"));
        assertEquals("Accept", get.header("Vary"));
        assertEquals("no-store", get.header("Cache-Control"));
        Response head = server.http().send(Request.of("HEAD", "/shop/greeting").with("Accept", accept));
        assertEquals(get.status(), head.status());
        assertEquals(0, head.body().length);
        for (Response.Header header : get.headers()) {
            if (!header.name().equalsIgnoreCase("Date")) {
                assertEquals(header.value(), head.header(header.name()), header.name() + " of HEAD");
            }
        }
    }

    @Test
    void webSocketHandshake_isRefused() throws IOException {
        enforce("on", DEFAULT);
        try (HttpConnection connection = server.http().connect()) {
            Response response = connection.send(Request.get("/shop/greeting")
                    .with("Connection", "Upgrade")
                    .with("Upgrade", "websocket")
                    .with("Sec-WebSocket-Version", "13")
                    .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
            assertEquals(503, response.status());
            assertNull(response.header("Sec-WebSocket-Accept"));
            assertEquals("3600", response.header("Retry-After"));
        }
    }

    @Test
    void http2_hasNoConnectionHeader() throws Exception {
        enforce("on", DEFAULT);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        URI uri = URI.create("http://127.0.0.1:" + server.http().port() + "/shop/echo");
        HttpRequest get = HttpRequest.newBuilder(uri).build();
        client.send(get, HttpResponse.BodyHandlers.ofString());
        // No more than the first window of a stream: this client waits for ever for the next (JDK 17), answer or
        // not.
        for (int size : new int[] {0, 10_000}) {
            HttpRequest post = HttpRequest.newBuilder(uri)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[size]))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            HttpResponse<String> response = client.send(post, HttpResponse.BodyHandlers.ofString());
            assertEquals(HttpClient.Version.HTTP_2, response.version());
            assertEquals(503, response.statusCode());
            assertEquals(Optional.empty(), response.headers().firstValue("Connection"));
            assertEquals(63, response.body().length());
        }
    }
}
