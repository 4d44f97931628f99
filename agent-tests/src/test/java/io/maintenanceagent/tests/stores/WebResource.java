package io.maintenanceagent.tests.stores;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** The JDK's server with one resource that has an ETag, keeps conditions, and wants a bearer token. */
final class WebResource implements AutoCloseable {

    static final String TOKEN = "t0ken-that-nobody-may-see";

    private final int port = Engine.freePort();
    private HttpServer server;
    private byte[] content;
    private int version;
    final List<String> asked = new CopyOnWriteArrayList<>();

    WebResource() {
        start();
    }

    void start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/state";
    }

    synchronized void set(String next) {
        content = next == null ? null : next.getBytes();
        version++;
    }

    synchronized String get() {
        return content == null ? null : new String(content);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        byte[] body = {};
        int code;
        synchronized (this) {
            String etag = content == null ? null : "\"v" + version + "\"";
            String match = exchange.getRequestHeaders().getFirst("If-Match");
            String noneMatch = exchange.getRequestHeaders().getFirst("If-None-Match");
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                code = 401;
            } else if (exchange.getRequestMethod().equals("GET")) {
                code = content == null ? 404 : etag.equals(noneMatch) ? 304 : 200;
                body = code == 200 ? content : body;
                if (etag != null) {
                    exchange.getResponseHeaders().set("ETag", etag);
                }
            } else if (match != null && !match.equals(etag) || "*".equals(noneMatch) && etag != null) {
                code = 412;
            } else {
                code = 204;
                set(exchange.getRequestMethod().equals("DELETE") ? null : new String(sent));
            }
        }
        asked.add(exchange.getRequestMethod() + " " + code);
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        stop();
    }
}
