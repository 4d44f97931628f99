package io.maintenanceagent.tests.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of its own, of Debian's package: a new cluster, on a port of 127.0.0.1, gone when it is closed. */
final class Postgres implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path programs;
    private final Path directory;
    private final int port;
    private final Process server;

    private Postgres(Path programs, Path directory, int port) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
        // Nothing is written but for clients: no checkpoints, no autovacuum, no snapshots for standbys.
        this.server = start(
                "postgres",
                "-D",
                data(),
                "-p",
                Integer.toString(port),
                "-k",
                directory.toString(),
                "-h",
                "127.0.0.1",
                "-c",
                "fsync=off",
                "-c",
                "autovacuum=off",
                "-c",
                "wal_level=minimal",
                "-c",
                "max_wal_senders=0",
                "-c",
                "checkpoint_timeout=1h");
    }

    /** Starts one, or skips the test where it cannot be had. */
    static Postgres start() {
        Path programs = programs();
        assumeTrue(programs != null, "no PostgreSQL in /usr/lib/postgresql: apt install postgresql");
        assumeTrue(
                !isRoot() || Files.exists(Path.of("/usr/bin/setpriv")), "PostgreSQL does not run as root: no setpriv");
        assumeTrue(!isRoot() || hasUser(), "PostgreSQL does not run as root, and there is no user postgres");
        try {
            Path directory = Files.createTempDirectory("maintenance-postgres");
            if (isRoot()) {
                end(new ProcessBuilder("chown", "postgres", directory.toString()));
            }
            Postgres postgres = new Postgres(programs, directory, FreePorts.one());
            try {
                Await.until(LIMIT, () -> "PostgreSQL does not answer: " + postgres.log(), () -> postgres.answers());
                return postgres;
            } catch (Throwable e) {
                postgres.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path programs() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.exists(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        } catch (IOException none) {
            return null;
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static boolean hasUser() {
        try {
            return Files.readAllLines(Path.of("/etc/passwd")).stream().anyMatch(line -> line.startsWith("postgres:"));
        } catch (IOException e) {
            return false;
        }
    }

    private String data() {
        Path data = directory.resolve("data");
        if (!Files.exists(data)) {
            end(command("initdb", "-D", data.toString(), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"));
        }
        return data.toString();
    }

    private ProcessBuilder command(String... words) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(programs.resolve(words[0]).toString());
        command.addAll(List.of(words).subList(1, words.length));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory
                        .resolveSibling(directory.getFileName() + ".log")
                        .toFile()));
    }

    private Process start(String... words) {
        try {
            return command(words).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(ProcessBuilder command) {
        try {
            Process process = command.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(command.command() + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean answers() {
        try {
            return ask("SELECT 1").equals("1");
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolveSibling(directory.getFileName() + ".log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Asks it something, by a client that knows nothing of the agent. */
    String ask(String sql) {
        try {
            Process process = new ProcessBuilder(
                            programs.resolve("psql").toString(),
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(port),
                            "-U",
                            "postgres",
                            "-AtXqc",
                            sql)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where its write-ahead log has come to. */
    String walPosition() {
        return ask("SELECT pg_current_wal_insert_lsn() || ' ' || pg_current_wal_lsn()");
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    @Override
    public void close() {
        try {
            // Its own way to end at once, whoever is connected.
            end(new ProcessBuilder("kill", "-INT", Long.toString(server.pid())));
            if (!server.waitFor(20, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException ended) {
            server.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
            Files.deleteIfExists(directory.resolveSibling(directory.getFileName() + ".log"));
        } catch (IOException left) {
            // a directory for temporary files
        }
    }
}
