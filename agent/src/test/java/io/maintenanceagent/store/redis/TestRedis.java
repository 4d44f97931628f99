package io.maintenanceagent.store.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.embedded.RedisServer;

/** A real server on the loopback address that keeps nothing on disk, and a plain client for it. */
final class TestRedis implements AutoCloseable {

    private final int port;
    private RedisServer server;
    private Connection client;

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
        client = new Connection(new HostAndPort("127.0.0.1", port));
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
        return new RedisStore(RedisAddress.parse(URI.create(uri)));
    }

    Object send(String command, String... arguments) {
        client.sendCommand(Protocol.Command.valueOf(command), arguments);
        return client.getOne();
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
