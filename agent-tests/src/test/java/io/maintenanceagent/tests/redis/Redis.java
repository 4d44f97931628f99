package io.maintenanceagent.tests.redis;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/**
 * A real server on the loopback address that keeps nothing on disk: whenever it is started, it is empty. For one
 * thread.
 */
public final class Redis implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final String HOST = "127.0.0.1";

    private final int port;
    private final Path directory = Project.newDirectory("redis");
    private final List<String> options;
    private Process process;
    private RespClient client;

    private Redis(int port, List<String> options) {
        this.port = port;
        this.options = options;
    }

    /** A running server. */
    public static Redis running(String... options) {
        Redis redis = stopped(options);
        redis.start();
        return redis;
    }

    /** A server that is not running yet, with more of redis-server's options. */
    static Redis stopped(String... options) {
        return new Redis(freePort(), List.of(options));
    }

    /** A running server on a port that was free a moment ago. */
    static Redis runningAt(int port, String... options) {
        Redis redis = new Redis(port, List.of(options));
        redis.start();
        return redis;
    }

    /**
     * A running sentinel.
     *
     * @param configuration lines of its configuration, which it rewrites
     */
    static Redis sentinel(List<String> configuration) {
        Path file = Project.newDirectory("sentinel").resolve("sentinel.conf");
        try {
            Files.write(file, configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return running(file.toString(), "--sentinel");
    }

    /** A free port of the loopback address. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** The URI of a key of database 0. */
    public String uri(String key) {
        return "redis://" + HOST + ":" + port + "/0?key=" + key;
    }

    /** Starts it and waits until it answers. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(Executable.PATH.toString()));
        if (options.contains("--sentinel")) {
            command.addAll(options);
            command.addAll(List.of("--port", "" + port, "--bind", HOST, "--dir", directory.toString()));
        } else {
            command.addAll(List.of("--port", "" + port, "--bind", HOST, "--save", "", "--dir", directory.toString()));
            command.addAll(options);
        }
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("redis.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until(START_LIMIT, () -> "no answer from " + command, this::answers);
    }

    /** Sends a command with a minimal client, and returns the reply as a text. */
    public String send(String... command) {
        try {
            return client.send(command);
        } catch (UncheckedIOException e) {
            // A server that is made a replica ends its connections.
            connect();
            return client.send(command);
        }
    }

    private void connect() {
        try {
            client.close();
            client = new RespClient(HOST, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it runs, and is the master of its replicas. */
    public boolean isMaster() {
        return process.isAlive() && send("ROLE").startsWith("[master");
    }

    /** Sends a command and does not wait for the reply, as to a server that is paused. */
    public void post(String... command) {
        try (RespClient other = new RespClient(HOST, port)) {
            other.post(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time that it has used so far. */
    public double processorSeconds() {
        return send("INFO", "cpu")
                .lines()
                .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    /** Kills it by {@code SIGKILL}. */
    public void kill() {
        client.close();
        try {
            process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its connections stay, and are accepted, but nothing is answered until {@link #resume}. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("redis-server has ended, see " + directory);
        }
        try {
            client = new RespClient(HOST, port);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The program, unpacked once; or another version, that the property {@code redis.server} names. */
    private static final class Executable {
        static final Path PATH = unpack();

        private static Path unpack() {
            if (!System.getProperty("redis.server", "").isEmpty()) {
                return Path.of(System.getProperty("redis.server"));
            }
            try {
                Path directory = Files.createDirectories(Project.newDirectory("redis-server"));
                return ExecutableProvider.newJarResourceProvider(directory.toFile())
                        .get()
                        .toPath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
