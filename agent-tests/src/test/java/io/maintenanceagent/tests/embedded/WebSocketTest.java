package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.Sources;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A WebSocket begins as a request, and is decided as one; then it is let in. */
final class WebSocketTest {

    @Test
    void handshakes_areRefused_openSocketsStay() throws InterruptedException {
        Path war = Project.newDirectory("socket-app");
        new Sources(Project.sources("socket-app"))
                .compile(
                        17,
                        List.of("EchoSocket.java"),
                        text -> text,
                        Cell.any().server().jars(),
                        war.resolve("WEB-INF/classes"));
        try (Shop shop = Shop.open(
                Cell.any(),
                (command, state) ->
                        command.agent("file=" + state).main("TomcatLauncher", war.toString(), ServerProcess.CONTEXT))) {
            shop.awaitServing();
            Client before = new Client(shop);
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
            assertEquals("three", new Client(shop).echo("three"));
            shop.assertSilent();
        }
    }

    private static void assertRefused(Shop shop) {
        CompletionException refused = assertThrows(CompletionException.class, () -> new Client(shop));
        var handshake = (WebSocketHandshakeException) refused.getCause();
        assertEquals(503, handshake.getResponse().statusCode());
    }

    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final WebSocket socket;

        Client(Shop shop) {
            int port = shop.server().http().port();
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/shop/socket"), this)
                    .join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            received.add(text.toString());
            from.request(1);
            return null;
        }

        String echo(String text) throws InterruptedException {
            socket.sendText(text, true).join();
            return received.poll(20, TimeUnit.SECONDS);
        }
    }
}
