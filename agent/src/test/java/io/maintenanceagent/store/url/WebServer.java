package io.maintenanceagent.store.url;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** The JDK's server with one resource that has an ETag, and keeps conditions as RFC 9110 says. */
final class WebServer implements AutoCloseable {

    private final HttpServer server;
    private byte[] content;
    private int version;

    /** What was asked: {@code METHOD status}, and the headers. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final List<Headers> headers = new CopyOnWriteArrayList<>();

    /** Sent with every response, or {@code null}. */
    volatile String cacheControl;

    volatile boolean weakTags;
    volatile boolean ignoresConditions;
    volatile boolean waits;

    /** In place of everything else: a status, or 0. */
    volatile int status;

    /** What PUT and DELETE get, or 0. */
    volatile int refused;

    /** Where GET is redirected to, or {@code null}. */
    volatile String location;

    WebServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/state";
    }

    synchronized void set(String next) {
        content = next == null ? null : next.getBytes();
        version++;
        notifyAll();
    }

    synchronized String get() {
        return content == null ? null : new String(content);
    }

    private synchronized String etag() {
        return (weakTags ? "W/" : "") + "\"v" + version + "\"";
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        String method = exchange.getRequestMethod();
        byte[] body = {};
        int code;
        synchronized (this) {
            String etag = content == null ? null : etag();
            String match = exchange.getRequestHeaders().getFirst("If-Match");
            String noneMatch = exchange.getRequestHeaders().getFirst("If-None-Match");
            boolean wrong =
                    match != null && !match.equals(etag) || noneMatch != null && noneMatch.equals("*") && etag != null;
            if (status != 0) {
                code = status;
            } else if (location != null && method.equals("GET")) {
                code = 302;
                exchange.getResponseHeaders().set("Location", location);
            } else if (method.equals("GET")) {
                awaitChange(exchange.getRequestHeaders().getFirst("Prefer"), noneMatch);
                etag = content == null ? null : etag();
                code = content == null ? 404 : etag.equals(noneMatch) ? 304 : 200;
                body = code == 200 ? content : body;
                if (content != null) {
                    exchange.getResponseHeaders().set("ETag", etag);
                }
            } else if (refused != 0) {
                code = refused;
            } else if (wrong && !ignoresConditions) {
                code = 412;
            } else {
                code = content == null ? 201 : 204;
                set(method.equals("DELETE") ? null : new String(sent));
            }
        }
        asked.add(method + " " + code);
        headers.add(exchange.getRequestHeaders());
        if (cacheControl != null) {
            exchange.getResponseHeaders().set("Cache-Control", cacheControl);
        }
        boolean empty = code == 304 || code == 204;
        exchange.sendResponseHeaders(code, empty || body.length == 0 ? -1 : body.length);
        if (!empty && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private void awaitChange(String prefer, String noneMatch) {
        if (!waits || prefer == null || !etag().equals(noneMatch)) {
            return;
        }
        try {
            wait(1000L * Integer.parseInt(prefer.replace("wait=", "")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<String> takeAsked() {
        List<String> taken = Arrays.asList(asked.toArray(new String[0]));
        asked.clear();
        return taken;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
