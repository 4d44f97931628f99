package io.maintenanceagent.tests.messages;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.FreePorts;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * RabbitMQ as Debian's package brings it, on the loopback address, with a directory of its own. Close it. For one
 * thread.
 */
final class RabbitServer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final int port = FreePorts.one();
    private final int nameServer = FreePorts.one();
    private final Path directory = Project.newDirectory("rabbitmq");
    private final Process process;

    /** Starts one, and waits until it listens. */
    RabbitServer() {
        // Not the package's wrapper, which becomes the user rabbitmq.
        ProcessBuilder builder = new ProcessBuilder(PROGRAM.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("rabbitmq.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "RABBITMQ_NODENAME",
                        "test" + port + "@localhost",
                        "RABBITMQ_NODE_IP_ADDRESS",
                        "127.0.0.1",
                        "RABBITMQ_NODE_PORT",
                        "" + port,
                        "RABBITMQ_DIST_PORT",
                        "" + FreePorts.one(),
                        "RABBITMQ_MNESIA_BASE",
                        directory.resolve("data").toString(),
                        "RABBITMQ_LOG_BASE",
                        directory.resolve("log").toString(),
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        directory.resolve("plugins").toString(),
                        "RABBITMQ_CONF_ENV_FILE",
                        directory.resolve("none").toString(),
                        "HOME",
                        directory.toString(),
                        "ERL_EPMD_PORT",
                        "" + nameServer));
        builder.environment().put("ERL_EPMD_ADDRESS", "127.0.0.1");
        builder.environment().put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            Await.until(START_LIMIT, () -> "RabbitMQ does not listen, see " + directory, this::listens);
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /** Whether the package is installed. */
    static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    int port() {
        return port;
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("RabbitMQ has ended, see " + directory);
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends it, with its name server, which goes on by itself. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            started.forEach(ProcessHandle::destroyForcibly);
            new ProcessBuilder("epmd", "-port", "" + nameServer, "-kill")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("epmd.log").toFile())
                    .start()
                    .waitFor(20, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
