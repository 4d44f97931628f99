package io.maintenanceagent.tests.stores;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A server that {@code stores.sh} brings, on the loopback address. Ends with this JVM, however that ends. */
abstract class Engine implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final int port = freePort();
    final Path directory;
    private Process process;
    private Path memory;

    Engine(String name) {
        directory = Project.newDirectory(name);
    }

    /** The program and its arguments. */
    abstract List<String> command();

    /** Whether it answers. */
    abstract boolean answers();

    /** The URI of a state's store. */
    abstract String uri(String key);

    /** Whether it is its cluster's leader. */
    boolean isLeader() {
        return true;
    }

    /** The URI of a state's store in a cluster of several members. */
    static String uri(List<? extends Engine> members, String key) {
        String hosts =
                members.stream().map(member -> "127.0.0.1:" + member.port).collect(Collectors.joining(","));
        return members.get(0).uri(key).replace("127.0.0.1:" + members.get(0).port, hosts);
    }

    /** Returns a program; skips the test if it was not brought. */
    static String program(String path) {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path program = Path.of(cache == null ? System.getProperty("user.home") + "/.cache" : cache)
                .resolve("maintenance-agent/stores")
                .resolve(path);
        Assumptions.assumeTrue(
                Files.isExecutable(program), () -> program + " is not there; agent-tests/stores.sh brings it");
        return program.toString();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        launch();
        awaitAnswer();
    }

    /** Has its data in memory, for times without this machine's disk. To be called before it starts. */
    void keepInMemory() {
        Path files = Path.of("/dev/shm");
        if (!Files.isWritable(files)) {
            return;
        }
        try {
            memory = Files.createTempDirectory(files, "engine");
            Files.createSymbolicLink(directory.resolve("data"), memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and waits for nothing. */
    void launch() {
        try {
            process = new ProcessBuilder(command())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process started = process;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    }

    void awaitAnswer() {
        Await.until(START_LIMIT, () -> "no answer from " + command(), this::answers);
    }

    void kill() {
        try {
            process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again without what it has stored. */
    void startEmpty() {
        delete(directory.resolve("data"));
        start();
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends {@code STOP} or {@code CONT}. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Processor time that it has used so far. */
    double processorSeconds() {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Status and body, or {@code "0 "}. */
    String ask(String method, String path, String body) {
        return ask(port, method, path, body);
    }

    /** The same at another port. */
    static String ask(int port, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            return "0 ";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        if (memory != null) {
            delete(memory);
        }
    }
}
