package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Certificate;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Management;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The JDK's server by TLS, whose exchanges are other objects than without. */
final class HttpsTest {

    private static final String POLICY =
            "{\"exempt\": {\"headers\": {\"X-Admin-Key\": \"a-key-of-the-administrators\"},"
                    + " \"addresses\": [\"10.0.0.0/8\"]}, \"trustedProxies\": [\"127.0.0.1\"],"
                    + " \"bypass\": {\"secret\": \"0123456789abcdef0123456789abcdef\"}}";

    private final Certificate certificate = Certificate.of("ip:127.0.0.1");
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(certificate.trusted()).build();

    @Test
    void https_isRefusedByTheRules_andDrained() throws Exception {
        try (CoreServer server = CoreServer.https(certificate)) {
            assertEquals("Served /hello\n", get(server, "/hello").body());
            try (Management management = server.management()) {
                Gate gate = new Gate();
                CompletableFuture<HttpResponse<String>> slow = client.sendAsync(
                        request(server, gate.on("/late-stream")).build(), BodyHandlers.ofString());
                gate.awaitEntered();
                server.policyFile().replace(POLICY);
                server.state("{\"enabled\": true, \"message\": \"Back at six.\"}");
                awaitStatus(server, 503);
                awaitStatus(server, 200, "X-Admin-Key", "a-key-of-the-administrators"); // the policy is known
                assertEquals(
                        "{\"detail\":\"Back at six.\"}", get(server, "/hello").body());
                HttpResponse<String> upload = client.send(
                        request(server, "/echo")
                                .POST(BodyPublishers.ofByteArray(new byte[50_000]))
                                .build(),
                        BodyHandlers.ofString());
                assertEquals(503, upload.statusCode());
                awaitStatus(server, 200, "X-Forwarded-For", "10.1.2.3");
                HttpResponse<String> link = get(server, "/hello?maintenance-bypass=0123456789abcdef0123456789abcdef");
                assertEquals(302, link.statusCode());
                String cookie = link.headers().firstValue("Set-Cookie").orElse("");
                assertEquals(true, cookie.contains("Secure"), "the connection is known to be secure: " + cookie);
                assertEquals(1, management.get("InFlightBlocking"));
                gate.open();
                assertEquals(1_000_000, slow.join().body().length());
                management.awaitInFlight(0);
                assertEquals(true, management.get("Drained"));
                server.state("off");
                awaitStatus(server, 200);
            }
            assertEquals(List.of(), server.agentLines());
        }
    }

    private void awaitStatus(CoreServer server, int status, String... headers) {
        HttpRequest.Builder request = request(server, "/hello");
        if (headers.length > 0) {
            request.headers(headers);
        }
        Await.until(CoreServer.LIMIT, () -> "not " + status, () -> {
            try {
                return client.send(request.build(), BodyHandlers.ofString()).statusCode() == status;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private HttpResponse<String> get(CoreServer server, String path) throws Exception {
        return client.send(request(server, path).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(CoreServer server, String path) {
        return HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + server.http().port() + path));
    }
}
