package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import redis.embedded.RedisServer;

/** A real server on the loopback address that keeps nothing on disk, and a plain client for it. */
final class TestRedis implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final int port;
    private RedisServer server;
    private RedisConnection client;

    private TestRedis(int port) {
        this.port = port;
    }

    static TestRedis open() throws IOException {
        TestRedis redis = new TestRedis(freePort());
        redis.start();
        return redis;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A server that was stopped comes back empty, on the same port. */
    void start() throws IOException {
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        client = RedisConnection.open(
                new Endpoint("127.0.0.1", port), new ConnectionSettings(null, null, null, 0, TIMEOUT_MILLIS));
        send("CLIENT", "SETNAME", "test");
    }

    void stop() throws IOException {
        client.close();
        server.stop();
    }

    int port() {
        return port;
    }

    RedisStore store() {
        return store("redis://127.0.0.1:" + port + "/0?key=m");
    }

    static RedisStore store(String uri) {
        return new RedisStore(RedisUri.parse(URI.create(uri)));
    }

    Object send(String command, String... arguments) {
        try {
            Object[] parts = new Object[arguments.length + 1];
            parts[0] = command;
            System.arraycopy(arguments, 0, parts, 1, arguments.length);
            return client.askOne(new Command(parts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String command, String... arguments) {
        return new String((byte[]) send(command, arguments), StandardCharsets.UTF_8);
    }

    /** The clients by the name that a store gives itself. */
    List<String> stores() {
        return text("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains("name=maintenance-agent"))
                .collect(Collectors.toList());
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
