package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import io.maintenanceagent.tests.sockets.EventClient;
import io.maintenanceagent.tests.sockets.SocketApplication;
import io.maintenanceagent.tests.sockets.SocketClient;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** A WebSocket begins as a request, and is decided as one; then it is let in, and closed if a policy asks for it. */
final class WebSocketTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String LONG_GRACE = "{\"sockets\": \"close\", \"grace\": \"PT1H\","
            + " \"rules\": [{\"path\": \"/shop/free/**\", \"maintenance\": \"off\"}]}";

    private static final Path WAR = SocketApplication.exploded(Cell.any());

    @Test
    void handshakes_areRefused_openSocketsStay() throws InterruptedException {
        try (Shop shop = open("")) {
            shop.awaitServing();
            SocketClient before = socket(shop);
            assertEquals("one", before.echo("one"));

            shop.state().write("on");
            shop.awaitRefusing();
            assertRefused(shop);
            assertEquals("two", before.echo("two"));

            shop.state().write("{\"enabled\": true, \"mode\": \"read-only\"}");
            shop.awaitServing();
            assertRefused(shop);
            shop.state().write("on");
            shop.awaitRefusing();

            shop.state().write("off");
            shop.awaitServing();
            assertEquals("three", socket(shop).echo("three"));
            shop.assertSilent();
        }
    }

    /** And event streams are ended; what else goes on for long is not. */
    @Test
    void openSockets_policyAsksForIt_areClosedAfterTheGrace() throws Exception {
        StateFile policy = SocketApplication.policy(LONG_GRACE);
        try (Shop shop = open(",policy=" + policy.path())) {
            shop.awaitServing();
            SocketClient socket = socket(shop);
            SocketClient free = new SocketClient(port(shop), "/shop/free/socket");
            try (Management management = Management.of(shop.server());
                    EventClient stream = new EventClient(port(shop), "/shop/events");
                    EventClient download = new EventClient(port(shop), "/shop/events?as=text/plain")) {
                shop.state().write("on");
                shop.awaitRefusing();
                assertSockets(management, 2, 1, 0);
                assertEquals(false, management.get("Drained"));
                assertEquals("within the grace", socket.echo("within the grace"));
                shop.state().write("off");
                shop.awaitServing();
                assertEquals("nobody is closed", socket.echo("nobody is closed"));

                policy.replace(LONG_GRACE.replace("PT1H", "PT0.1S"));
                shop.state().write("{\"enabled\": true, \"mode\": \"read-only\"}");
                assertEquals("reads", socket.echo("reads"));
                shop.state().write("on");
                assertEquals("1012 in maintenance", socket.awaitClosed());
                assertEquals("data: hello\n\n", stream.awaitEnd());
                Await.until(LIMIT, () -> "sockets " + management.get("Sockets"), () -> count(management, "open") == 1);
                assertSockets(management, 1, 0, 2);
                assertEquals("let be", free.echo("let be"));
                assertEquals(1, management.get("InFlightBlocking"), "the download goes on");
                assertFalse(download.isEnded());
                assertRefused(shop);
                shop.state().write("off");
                shop.awaitServing();
                assertEquals("again", socket(shop).echo("again"));
                shop.assertSilent();
            }
        }
    }

    private static void assertSockets(Management management, int open, int blocking, int closed) {
        assertEquals(
                List.of(open, blocking, closed),
                List.of(count(management, "open"), count(management, "blocking"), count(management, "closed")));
    }

    private static int count(Management management, String what) {
        CompositeData sockets = (CompositeData) management.get("Sockets");
        return sockets == null ? -1 : ((Number) sockets.get(what)).intValue();
    }

    private static Shop open(String options) {
        return Shop.open(
                Cell.any(),
                (command, state) -> command.agent("file=" + state + options)
                        .main("TomcatLauncher", WAR.toString(), ServerProcess.CONTEXT));
    }

    private static int port(Shop shop) {
        return shop.server().http().port();
    }

    private static SocketClient socket(Shop shop) {
        return new SocketClient(port(shop), "/shop/socket");
    }

    private static void assertRefused(Shop shop) {
        CompletionException refused = assertThrows(CompletionException.class, () -> socket(shop));
        var handshake = (WebSocketHandshakeException) refused.getCause();
        assertEquals(503, handshake.getResponse().statusCode());
    }
}
