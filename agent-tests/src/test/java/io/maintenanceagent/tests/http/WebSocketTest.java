package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WebSocket handshakes where a server looks at them before its routing. */
final class WebSocketTest {

    private static final String POLICY = """
            {'rules': [{'path': '/closed', 'maintenance': 'on'}],
             'exempt': {'headers': {'X-Admin-Key': 'a-key-of-the-administrators'}, 'addresses': ['10.0.0.0/8']},
             'trustedProxies': ['127.0.0.0/8']}""";

    private static final Request HANDSHAKE = Request.get("/socket")
            .with("Upgrade", "websocket")
            .with("Connection", "Upgrade")
            .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .with("Sec-WebSocket-Version", "13");

    @ParameterizedTest
    @EnumSource(
            value = CoreServer.Kind.class,
            names = {"HELIDON", "HELIDON_42", "HELIDON_40"})
    void handshake_isRefusedByTheRules_alsoWhileReadOnly(CoreServer.Kind kind) throws IOException {
        kind.assumePicked();
        assumeTrue(kind == CoreServer.Kind.HELIDON || Boolean.getBoolean("frameworks"), "by the profile frameworks");
        try (CoreServer server = CoreServer.open(kind, true)) {
            assertOpens(server, HANDSHAKE);
            try (Management management = server.management()) {
                server.policy(POLICY, "/closed");
                server.on();
                long before = refused(management);
                Response refused = server.send(HANDSHAKE);
                Refusal.DEFAULT.assertAnswers(HANDSHAKE, refused);
                assertEquals(1, refused(management) - before, "each is counted once");
                assertOpens(server, HANDSHAKE.with("X-Admin-Key", "a-key-of-the-administrators"));
                assertOpens(server, HANDSHAKE.with("X-Forwarded-For", "10.1.2.3"));
                server.state("{\"enabled\": true, \"mode\": \"read-only\"}");
                Await.until(
                        CoreServer.LIMIT,
                        () -> "full",
                        () -> server.get("/hello").status() == 200);
                assertEquals(503, server.send(HANDSHAKE).status());
                server.state("{\"enabled\": true, \"hosts\": [\"closed.example.com\"]}");
                Request elsewhere = HANDSHAKE.with("Host", "closed.example.com");
                Await.until(
                        CoreServer.LIMIT,
                        () -> "open",
                        () -> server.send(elsewhere).status() == 503);
                assertOpens(server, HANDSHAKE);
                server.off();
                assertOpens(server, HANDSHAKE);
                assertEquals(0, management.get("InFlight"));
            }
            assertEquals(List.of(), server.agentLines());
        }
    }

    private static long refused(Management management) {
        return ((Number) management.get("Refused")).longValue();
    }

    private static void assertOpens(CoreServer server, Request handshake) throws IOException {
        int port = server.http().port();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(handshake.bytes(port));
            byte[] status = socket.getInputStream().readNBytes(12);
            assertTrue(
                    new String(status, StandardCharsets.US_ASCII).equals("HTTP/1.1 101"), () -> "" + server.process());
        }
    }
}
