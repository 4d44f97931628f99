package io.maintenanceagent.tests.neighbours.apm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** The intake of an Elastic APM server: keeps the lines of what agents post to it. Thread-safe. Close it. */
final class ApmServer implements AutoCloseable {

    private static final byte[] VERSION = "{\"version\":\"8.15.0\"}".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> events = new CopyOnWriteArrayList<>();

    ApmServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answerVersion);
        server.createContext("/intake/v2/events", this::take);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Each a line of JSON. */
    List<String> events() {
        return List.copyOf(events);
    }

    private void answerVersion(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, VERSION.length);
        exchange.getResponseBody().write(VERSION);
        exchange.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        String encoding = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(decoded(exchange.getRequestBody(), encoding), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.add(line);
            }
        }
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
    }

    private static InputStream decoded(InputStream body, String encoding) throws IOException {
        return switch (encoding) {
            case "gzip" -> new GZIPInputStream(body);
            case "deflate" -> new InflaterInputStream(body);
            default -> body;
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
