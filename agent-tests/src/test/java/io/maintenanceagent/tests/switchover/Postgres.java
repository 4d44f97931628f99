package io.maintenanceagent.tests.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.FreePorts;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL of this machine's, with a database of its own on 127.0.0.1. Takes Debian's package {@code postgresql},
 * and root, since PostgreSQL does not run as root and is given to its own user. Close it.
 */
final class Postgres implements AutoCloseable {

    private static final String USER = "postgres";

    private final Path programs;
    private final Path directory;
    private final int port;

    private Postgres(Path programs) {
        this.programs = programs;
        try {
            // Below /tmp, where its user may look.
            this.directory = Files.createTempDirectory("switch-over");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.port = FreePorts.one();
    }

    static Postgres start() {
        Path programs = programs();
        assumeTrue(programs != null, "no PostgreSQL here: apt-get install postgresql");
        assumeTrue("root".equals(System.getProperty("user.name")), "it takes root to run PostgreSQL as its own user");
        Postgres postgres = new Postgres(programs);
        run("chown", USER, postgres.directory.toString());
        postgres.run(true, "initdb", "-A", "trust", "-D", postgres.data());
        postgres.run(true, postgres.starting());
        postgres.run(
                true,
                "psql",
                "-h",
                "127.0.0.1",
                "-p",
                "" + postgres.port,
                "-c",
                "create table orders (id bigserial primary key, taken timestamptz default now())");
        return postgres;
    }

    private static Path programs() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .findFirst()
                    .orElse(null);
        } catch (IOException none) {
            return null;
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private String[] starting() {
        return new String[] {
            "pg_ctl",
            "-D",
            data(),
            "-l",
            directory.resolve("log").toString(),
            "-o",
            "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + directory
                    + " -c fsync=off -c max_connections=100",
            "-w",
            "start"
        };
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + USER + "?user=" + USER;
    }

    int orders() {
        return Integer.parseInt(
                run(true, "psql", "-h", "127.0.0.1", "-p", "" + port, "-tAc", "select count(*) from orders")
                        .trim());
    }

    /** A script that stops it, and has it back after so many seconds in all. */
    Path switchOver(int seconds) {
        Path script = directory.resolve("switch-over.sh");
        String stop = shell(as("pg_ctl", "-D", data(), "-m", "fast", "-w", "stop"));
        try {
            Files.writeString(
                    script,
                    "set -e\nbegan=$(date +%s%N)\n" + stop + " > /dev/null\n"
                            + "left=$((" + (seconds * 1000 - 500) + " - ($(date +%s%N) - began) / 1000000))\n"
                            + "[ $left -le 0 ] || sleep $((left / 1000)).$(printf %03d $((left % 1000)))\n"
                            + shell(as(starting())) + " > /dev/null\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return script;
    }

    private static String shell(List<String> command) {
        StringBuilder line = new StringBuilder();
        for (String word : command) {
            line.append('\'').append(word).append("' ");
        }
        return line.toString();
    }

    private List<String> as(String... command) {
        List<String> whole = new ArrayList<>(List.of("setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"));
        whole.add(programs.resolve(command[0]).toString());
        whole.addAll(Arrays.asList(command).subList(1, command.length));
        return whole;
    }

    private String run(boolean mustSucceed, String... command) {
        return run(mustSucceed, as(command));
    }

    private static void run(String... command) {
        run(true, List.of(command));
    }

    private static String run(boolean mustSucceed, List<String> command) {
        try {
            Path out = Project.newDirectory("postgres").resolve("out");
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            int code = process.waitFor();
            String text = Files.readString(out);
            if (mustSucceed) {
                assertEquals(0, code, () -> command + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run(false, as("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop"));
        run(false, List.of("rm", "-rf", directory.toString()));
    }
}
