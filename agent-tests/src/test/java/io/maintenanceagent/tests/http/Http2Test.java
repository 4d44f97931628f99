package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Management;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/2 without TLS, on servers whose requests have a thread of their own. */
final class Http2Test {

    @ParameterizedTest
    @EnumSource(
            value = CoreServer.Kind.class,
            names = {"UNDERTOW", "HELIDON", "HELIDON_42", "HELIDON_41", "HELIDON_40"})
    void http2_isRefusedAndDrained(CoreServer.Kind kind) throws Exception {
        kind.assumePicked();
        assumeTrue(kind == CoreServer.Kind.HELIDON || Boolean.getBoolean("frameworks"), "by the profile frameworks");
        try (CoreServer server = CoreServer.open(kind, true)) {
            HttpClient client = client();
            assertEquals(200, send(client, server, "/hello").statusCode());
            try (Management management = server.management()) {
                CompletableFuture<HttpResponse<String>> served = slow(client, server, "/slow");
                CompletableFuture<HttpResponse<String>> streamed = slow(client, server, "/stream");
                HttpClient leaving = client();
                assertEquals(200, send(leaving, server, "/hello").statusCode());
                CompletableFuture<HttpResponse<String>> cancelled = slow(leaving, server, "/late-stream");
                management.awaitInFlight(3);
                server.policy(
                        "{'rules': [{'path': '/open/**', 'maintenance': 'off'}, "
                                + "{'path': '/closed', 'maintenance': 'on'}]}",
                        "/closed");
                server.on();
                HttpResponse<String> refused = send(client, server, "/hello");
                assertEquals(503, refused.statusCode());
                assertEquals("{\"detail\":\"Service temporarily unavailable due to maintenance\"}", refused.body());
                assertEquals(200, send(client, server, "/open/a").statusCode());
                HttpResponse<String> upload = client.send(
                        request(server, "/echo")
                                .POST(BodyPublishers.ofByteArray(new byte[300_000]))
                                .build(),
                        BodyHandlers.ofString());
                assertEquals(503, upload.statusCode());
                HttpResponse<String> head = client.send(
                        request(server, "/hello")
                                .method("HEAD", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
                assertEquals(503, head.statusCode());
                assertEquals("63", head.headers().firstValue("Content-Length").orElse(null));
                assertEquals(false, management.get("Drained"));
                cancelled.cancel(true);
                assertThrows(RuntimeException.class, cancelled::join);
                gate.open();
                assertEquals("Worth the wait.\n", served.join().body());
                assertEquals(1_000_000, streamed.join().body().length());
                management.awaitInFlight(0);
                assertEquals(true, management.get("Drained"));
            }
        }
    }

    /** Opened for all of them at once. */
    private final Gate gate = new Gate();

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    }

    private CompletableFuture<HttpResponse<String>> slow(HttpClient client, CoreServer server, String path) {
        CompletableFuture<HttpResponse<String>> response =
                client.sendAsync(request(server, gate.on(path)).build(), BodyHandlers.ofString());
        gate.awaitEntered();
        return response;
    }

    private static HttpResponse<String> send(HttpClient client, CoreServer server, String path) throws Exception {
        HttpResponse<String> response = client.send(request(server, path).build(), BodyHandlers.ofString());
        assertEquals(HttpClient.Version.HTTP_2, response.version());
        return response;
    }

    private static HttpRequest.Builder request(CoreServer server, String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.http().port() + path));
    }
}
