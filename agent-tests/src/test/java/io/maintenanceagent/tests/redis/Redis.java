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

    private final int port = freePort();
    private final Path directory = Project.newDirectory("redis");
    private final List<String> options;
    private Process process;
    private RespClient client;

    private Redis(List<String> options) {
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
        return new Redis(List.of(options));
    }

    /** A free port of the loopback address. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** The URI of a key of database 0. */
    public String uri(String key) {
        return "redis://" + HOST + ":" + port + "/0?key=" + key;
    }

    /** Starts it and waits until it answers. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(Executable.PATH.toString(), "--port", "" + port));
        command.addAll(List.of("--bind", HOST, "--save", "", "--dir", directory.toString()));
        command.addAll(options);
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
        return client.send(command);
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

    /** The program, unpacked once. */
    private static final class Executable {
        static final Path PATH = unpack();

        private static Path unpack() {
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
