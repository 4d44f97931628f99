package io.maintenanceagent.tests.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client of an event stream that has got the first byte. Closing it drops the connection. */
public final class EventClient implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final long SECONDS = 20;

    private final InputStream body;
    private final StringBuilder events = new StringBuilder();

    public EventClient(int port, String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        body = response.body();
        events.append((char) body.read());
    }

    /** Whether the server has ended it, as far as what has come so far tells. */
    public boolean isEnded() throws IOException {
        while (body.available() > 0) {
            int next = body.read();
            if (next < 0) {
                return true;
            }
            events.append((char) next);
        }
        return false;
    }

    /** All that has come, once the server has ended the stream in order. */
    public String awaitEnd() throws Exception {
        return CompletableFuture.supplyAsync(this::rest).get(SECONDS, TimeUnit.SECONDS);
    }

    private String rest() {
        try {
            return events + new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
