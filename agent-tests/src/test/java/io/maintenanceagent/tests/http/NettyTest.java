package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Management;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What connections of Netty do beside one request after the other; reference counts are watched. */
final class NettyTest {

    private static final String POLICY =
            "{'rules': [{'path': '/open/**', 'maintenance': 'off'}, {'path': '/closed', 'maintenance': 'on'}]}";

    @Test
    void http1_pipelinedContinuedUpgradedStreamed() throws Exception {
        try (CoreServer server = CoreServer.open(CoreServer.Kind.NETTY, true);
                Management management = managementOf(server)) {
            server.policy(POLICY, "/closed");
            pipelined_answersKeepTheirOrder(server, management);
            refused_isAnsweredByTheVersionsRules(server);
            streams_goOnInBothDirections(server, management);
            webSocket_isARequestLikeAnyOther(server);
            management.awaitInFlight(0);
            assertNull(management.get("LastError"));
            assertWellBehaved(server);
        }
    }

    /** They are refused behind one that was let in before, and wait for its response. */
    private static void pipelined_answersKeepTheirOrder(CoreServer server, Management management) throws IOException {
        Gate gate = new Gate();
        try (Socket socket = connect(server)) {
            write(socket, "GET " + gate.on("/slow") + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            gate.awaitEntered();
            server.on();
            long before = refused(management);
            write(socket, "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nabcde");
            write(socket, "HEAD /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
            write(socket, "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            Await.until(CoreServer.LIMIT, () -> "not refused", () -> refused(management) == before + 3);
            assertEquals(1, management.get("InFlightBlocking"));
            gate.open();
            String all = readAll(socket);
            assertEquals(List.of("200", "503", "503", "503"), statuses(all));
            assertTrue(all.indexOf("Worth the wait") < all.indexOf("503"), all);
            assertEquals(3, all.split("\"detail\"", -1).length, all); // HEAD has none
        }
    }

    private static void refused_isAnsweredByTheVersionsRules(CoreServer server) throws IOException {
        String old = exchange(server, "GET /hello HTTP/1.0\r\n\r\n");
        assertTrue(old.contains("503") && old.contains("Connection: close"), old);
        String kept =
                exchange(server, "GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /hello HTTP/1.0\r\n\r\n");
        assertEquals(List.of("503", "503"), statuses(kept));
        assertTrue(kept.contains("Connection: keep-alive"), kept);
        String unasked = exchange(
                server, "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        assertEquals(List.of("503"), statuses(unasked));
        String large = exchange(server, "PUT /pipe HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\nx");
        assertTrue(large.contains("503") && large.contains("Connection: close"), large);
        String chunked = exchange(
                server,
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                        + "GET /open/b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertEquals(List.of("503", "200"), statuses(chunked));
        server.off();
        String asked = exchange(
                server,
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n"
                        + "Connection: close\r\n\r\nabcde");
        assertEquals(List.of("100", "200"), statuses(asked));
        assertTrue(asked.endsWith("abcde"), asked);
    }

    private static void streams_goOnInBothDirections(CoreServer server, Management management) throws IOException {
        management.awaitInFlight(0);
        try (Socket socket = connect(server)) {
            write(socket, "POST /pipe HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n");
            write(socket, "Connection: close\r\n\r\n3\r\none\r\n");
            awaitText(socket, "one");
            server.on();
            assertEquals(1, management.get("InFlightBlocking"));
            assertEquals(false, management.get("Drained"));
            write(socket, "3\r\ntwo\r\n");
            awaitText(socket, "two");
            assertEquals(false, management.get("Drained"));
            write(socket, "0\r\n\r\n");
            assertTrue(readAll(socket).endsWith("0\r\n\r\n"));
        }
        management.awaitInFlight(0);
        assertEquals(true, management.get("Drained"));
    }

    private static void webSocket_isARequestLikeAnyOther(CoreServer server) throws IOException {
        String handshake = "GET /socket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        String closing = handshake.replace("Connection: Upgrade", "Connection: close, Upgrade");
        assertEquals(List.of("503"), statuses(exchange(server, closing)));
        server.state("{\"enabled\": true, \"mode\": \"read-only\"}");
        Await.until(CoreServer.LIMIT, () -> "full", () -> server.get("/hello").status() == 200);
        assertEquals(List.of("503"), statuses(exchange(server, closing)));
        server.off();
        try (Socket socket = connect(server)) {
            write(socket, handshake);
            awaitText(socket, "HTTP/1.1 101");
            socket.setSoLinger(true, 0);
        }
    }

    @Test
    void http2_eachStreamIsDecidedAndDrained() throws Exception {
        try (CoreServer server = CoreServer.open(CoreServer.Kind.NETTY_HTTP2, true);
                Management management = managementOf(server)) {
            long before = passed(management);
            HttpClient client = client();
            // By an upgrade, whose request is counted once.
            assertEquals("Served /hello\n", http2(client, server, "/hello").body());
            management.awaitInFlight(0);
            assertEquals(1, passed(management) - before);

            List<Gate> gates = List.of(new Gate(), new Gate());
            List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
            for (Gate gate : gates) {
                slow.add(client.sendAsync(request(server, gate.on("/slow")).build(), BodyHandlers.ofString()));
                gate.awaitEntered();
            }
            management.awaitInFlight(2);
            server.policy(POLICY, "/closed");
            server.on();
            HttpResponse<String> refused = http2(client, server, "/hello");
            assertEquals(503, refused.statusCode());
            assertEquals("{\"detail\":\"Service temporarily unavailable due to maintenance\"}", refused.body());
            assertEquals("3600", refused.headers().firstValue("Retry-After").orElse(""));
            assertEquals(200, http2(client, server, "/open/a").statusCode());
            for (int size : new int[] {10, 300_000}) {
                HttpRequest upload = request(server, "/echo")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[size])))
                        .build();
                assertEquals(503, client.send(upload, BodyHandlers.ofString()).statusCode());
            }
            assertEquals(2, management.get("InFlightBlocking"));
            slow.get(0).cancel(true); // the client resets the stream
            management.awaitInFlight(1);
            assertEquals(false, management.get("Drained"));
            gates.forEach(Gate::open);
            assertEquals("Worth the wait.\n", slow.get(1).join().body());
            management.awaitInFlight(0);
            assertEquals(true, management.get("Drained"));
            // An upgrade is refused before it is one.
            assertEquals(
                    503,
                    client().send(request(server, "/hello").build(), BodyHandlers.ofString())
                            .statusCode());
            server.off();
            HttpRequest echo = request(server, "/pipe")
                    .POST(BodyPublishers.ofByteArray(new byte[500_000]))
                    .build();
            assertEquals(500_000, client.send(echo, BodyHandlers.ofByteArray()).body().length);
            management.awaitInFlight(0);
            assertNull(management.get("LastError"));
            assertWellBehaved(server);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    }

    private static HttpRequest.Builder request(CoreServer server, String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.http().port() + path));
    }

    private static HttpResponse<String> http2(HttpClient client, CoreServer server, String path) throws Exception {
        HttpResponse<String> response = client.send(request(server, path).build(), BodyHandlers.ofString());
        assertEquals(HttpClient.Version.HTTP_2, response.version());
        return response;
    }

    /** The MBean is there once a request has been answered. */
    private static Management managementOf(CoreServer server) {
        assertEquals(200, server.get("/hello").status());
        return server.management();
    }

    private static long passed(Management management) {
        return ((Number) management.get("Passed")).longValue();
    }

    private static long refused(Management management) {
        return ((Number) management.get("Refused")).longValue();
    }

    private static void assertWellBehaved(CoreServer server) {
        assertEquals(
                List.of(),
                server.process().stderr().lines(line -> line.contains("LEAK") || line.startsWith("maintenance-agent")));
    }

    private static Socket connect(CoreServer server) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.http().port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** What comes back, until the server ends the connection. */
    private static String exchange(CoreServer server, String requests) throws IOException {
        try (Socket socket = connect(server)) {
            write(socket, requests);
            return readAll(socket);
        }
    }

    private static void awaitText(Socket socket, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            assertTrue(next >= 0, read::toString);
            read.append((char) next);
        }
    }

    private static List<String> statuses(String responses) {
        List<String> statuses = new ArrayList<>();
        for (int at = responses.indexOf("HTTP/1."); at >= 0; at = responses.indexOf("HTTP/1.", at + 1)) {
            statuses.add(responses.substring(at + 9, at + 12));
        }
        return statuses;
    }
}
