package io.maintenanceagent.tests.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A MariaDB of its own, of Debian's packages {@code mariadb-server-core} and {@code mariadb-client-core}, with an empty
 * database {@code shop}: on a port of 127.0.0.1, gone when it is closed. It speaks to MySQL's driver, too.
 */
final class MariaDb implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path INSTALL = Path.of("/usr/bin/mariadb-install-db");
    private static final Path NEEDED_BY_INSTALL = Path.of("/usr/bin/my_print_defaults");
    private static final Path SERVER = Path.of("/usr/sbin/mariadbd");

    private final Path directory;
    private final int port;
    private final Process server;

    private MariaDb(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        Path init = Files.writeString(directory.resolve("init.sql"), "CREATE DATABASE IF NOT EXISTS shop;\n");
        this.server = command(
                        SERVER,
                        "--datadir=" + data(),
                        "--port=" + port,
                        "--bind-address=127.0.0.1",
                        "--socket=" + directory.resolve("socket"),
                        "--pid-file=" + directory.resolve("pid"),
                        "--init-file=" + init,
                        "--innodb-flush-log-at-trx-commit=0",
                        "--innodb-buffer-pool-size=16M")
                .start();
    }

    /** Starts one, or skips the test where it cannot be had. */
    static MariaDb start() {
        assumeTrue(
                Stream.of(SERVER, INSTALL, NEEDED_BY_INSTALL).allMatch(Files::exists),
                "no MariaDB: apt install mariadb-server-core mariadb-client-core");
        try {
            Path directory = Files.createTempDirectory("maintenance-mariadb");
            Process install = commandIn(
                            directory,
                            INSTALL,
                            "--datadir=" + directory.resolve("data"),
                            "--auth-root-authentication-method=normal",
                            "--skip-test-db")
                    .start();
            if (!install.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || install.exitValue() != 0) {
                install.destroyForcibly();
                throw new IllegalStateException("mariadb-install-db failed: " + log(directory));
            }
            MariaDb started = new MariaDb(directory, FreePorts.one());
            try {
                Await.until(LIMIT, () -> "MariaDB does not answer: " + log(directory), started::answers);
                return started;
            } catch (Throwable e) {
                started.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private ProcessBuilder command(Path program, String... options) {
        return commandIn(directory, program, options);
    }

    private static ProcessBuilder commandIn(Path directory, Path program, String... options) {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--no-defaults");
        builder.command().addAll(List.of(options));
        if (System.getProperty("user.name").equals("root")) {
            builder.command().add("--user=root"); // it would not run as root otherwise
        }
        return builder.directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()));
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.getInputStream().read() > 0; // it greets first
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String log(Path directory) {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The database's URL for a driver: {@code mariadb} or {@code mysql}. */
    String url(String driver) {
        return "jdbc:" + driver + "://127.0.0.1:" + port + "/shop?user=root"
                + (driver.equals("mysql") ? "&sslMode=DISABLED" : "");
    }

    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            // a directory for temporary files
        }
    }
}
