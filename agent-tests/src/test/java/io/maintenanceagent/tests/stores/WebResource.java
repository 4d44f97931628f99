package io.maintenanceagent.tests.stores;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's server with one resource that has an ETag, keeps conditions, waits for a change where it is asked to, and
 * wants a bearer token.
 */
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
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
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

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/state";
    }

    synchronized void set(String next) {
        content = next == null ? null : next.getBytes();
        version++;
        notifyAll();
    }

    synchronized String get() {
        return content == null ? null : new String(content);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        byte[] body = {};
        int code;
        synchronized (this) {
            String noneMatch = exchange.getRequestHeaders().getFirst("If-None-Match");
            waitWhile(noneMatch, exchange.getRequestHeaders().getFirst("Prefer"));
            String etag = etag();
            String match = exchange.getRequestHeaders().getFirst("If-Match");
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

    private String etag() {
        return content == null ? null : "\"v" + version + "\"";
    }

    /** RFC 7240. */
    private void waitWhile(String etag, String preference) throws IOException {
        if (preference == null || etag == null) {
            return;
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(preference.substring("wait=".length())));
        try {
            for (long left; etag.equals(etag()) && (left = end - System.nanoTime()) > 0; ) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException();
        }
    }

    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        stop();
    }
}
