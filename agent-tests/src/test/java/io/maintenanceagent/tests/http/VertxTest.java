package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Management;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Vert.x does and others do not: a response ends within another request's handler; HTTP/2. */
final class VertxTest {

    private static final String POLICY =
            "{'rules': [{'path': '/inline/**', 'maintenance': 'off'}," + " {'path': '/closed', 'maintenance': 'on'}]}";

    @Test
    void pipelinedRequests_eachIsDecidedByItself() throws IOException {
        try (CoreServer server = CoreServer.open(CoreServer.Kind.VERTX, true);
                Management management = managementOf(server)) {
            server.policy(POLICY, "/closed");
            server.on();
            assertEquals(
                    List.of("200", "503", "503", "200", "200", "503"),
                    statuses(server.http().port(), "/inline/a", "/hello", "/x", "/inline/b", "/inline/c", "/file"));
            server.off();
            assertEquals(List.of("200", "200", "200"), statuses(server.http().port(), "/inline/a", "/x", "/file"));
            awaitNone(management);
        }
    }

    /** The MBean is there once a request has been answered. */
    private static Management managementOf(CoreServer server) {
        assertEquals(200, server.http().get("/hello").status());
        return server.management();
    }

    private static List<String> statuses(int port, String... paths) throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < paths.length; i++) {
            requests.append("GET ").append(paths[i]).append(" HTTP/1.1\r\nHost: localhost\r\n");
            requests.append(i == paths.length - 1 ? "Connection: close\r\n\r\n" : "\r\n");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return Pattern.compile("HTTP/1.1 (\\d+)")
                    .matcher(all)
                    .results()
                    .map(status -> status.group(1))
                    .toList();
        }
    }

    @Test
    void http2_isRefusedAndDrained() throws Exception {
        try (CoreServer server = CoreServer.open(CoreServer.Kind.VERTX, true);
                Management management = managementOf(server)) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
            assertEquals(200, http2(client, server, "/hello").statusCode());
            CompletableFuture<HttpResponse<String>> served = slow(client, server);
            // On a connection of its own: what the server does to that is another matter.
            HttpClient leaving =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
            assertEquals(200, http2(leaving, server, "/hello").statusCode());
            CompletableFuture<HttpResponse<String>> cancelled = slow(leaving, server);
            Await.until(
                    CoreServer.LIMIT,
                    () -> "in flight",
                    () -> management.get("InFlight").equals(2));
            server.policy(POLICY, "/closed");
            server.on();
            HttpResponse<String> refused = http2(client, server, "/hello");
            assertEquals(503, refused.statusCode());
            assertEquals("{\"detail\":\"Service temporarily unavailable due to maintenance\"}", refused.body());
            assertEquals(200, http2(client, server, "/inline/a").statusCode());
            assertEquals(false, management.get("Drained"));
            cancelled.cancel(true);
            assertThrows(RuntimeException.class, cancelled::join, "the client says by either of two that it left");
            Await.until(
                    CoreServer.LIMIT,
                    () -> "in flight",
                    () -> management.get("InFlight").equals(1));
            gate.open();
            assertEquals("Worth the wait.\n", served.join().body());
            awaitNone(management);
            assertEquals(true, management.get("Drained"));
            assertEquals(
                    List.of(),
                    server.process().stderr().lines(line -> line.contains("io.maintenanceagent")),
                    "the agent failed on the event loop");
        }
    }

    private final Gate gate = new Gate();

    private CompletableFuture<HttpResponse<String>> slow(HttpClient client, CoreServer server) {
        CompletableFuture<HttpResponse<String>> response =
                client.sendAsync(request(server, gate.on("/slow")), BodyHandlers.ofString());
        gate.awaitEntered();
        return response;
    }

    private static HttpResponse<String> http2(HttpClient client, CoreServer server, String path) throws Exception {
        HttpResponse<String> response = client.send(request(server, path), BodyHandlers.ofString());
        assertEquals(HttpClient.Version.HTTP_2, response.version());
        return response;
    }

    private static HttpRequest request(CoreServer server, String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.http().port() + path))
                .build();
    }

    private static void awaitNone(Management management) {
        Await.until(
                CoreServer.LIMIT,
                () -> "in flight: " + management.get("InFlight"),
                () -> management.get("InFlight").equals(0));
    }
}
