package io.maintenanceagent.store.remote;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of those that {@code agent-tests/stores.sh} brings. Ends with this JVM, however that ends. */
public final class EngineProcess implements AutoCloseable {

    private final ProcessBuilder builder;
    private Process process;

    /**
     * @param directory where it writes
     * @param command the program below the cache's directory, and its arguments
     */
    public EngineProcess(Path directory, List<String> command) {
        builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()));
    }

    /** Returns a program that was brought; skips the test if it is not there. */
    public static String program(String path) {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path program = Path.of(cache == null ? System.getProperty("user.home") + "/.cache" : cache)
                .resolve("maintenance-agent/stores")
                .resolve(path);
        assumeTrue(Files.isExecutable(program), () -> program + " is not there; agent-tests/stores.sh brings it");
        return program.toString();
    }

    /** Returns a port where nobody listens. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it, again if it was killed. */
    public void start() throws IOException {
        process = builder.start();
        Process started = process;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    }

    /** Sends a signal: {@code STOP}, {@code CONT}. */
    public void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    }

    /** Kills it, and waits until it has ended. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
