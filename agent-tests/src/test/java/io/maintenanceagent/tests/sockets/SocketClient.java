package io.maintenanceagent.tests.sockets;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An open WebSocket. */
public final class SocketClient implements WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long SECONDS = 20;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final WebSocket socket;

    /** @throws java.util.concurrent.CompletionException if the handshake is refused */
    public SocketClient(int port, String path) {
        socket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + path), this)
                .join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        received.add(text.toString());
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code + " " + reason);
        return null; // which answers it
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(error.toString());
    }

    /** What comes back of a text. */
    public String echo(String text) throws InterruptedException {
        socket.sendText(text, true).join();
        return received.poll(SECONDS, TimeUnit.SECONDS);
    }

    /** Goes away without a word. */
    public void abort() {
        socket.abort();
    }

    /** The code and the reason with which the server has closed it. */
    public String awaitClosed() throws Exception {
        return closed.get(SECONDS, TimeUnit.SECONDS);
    }
}
