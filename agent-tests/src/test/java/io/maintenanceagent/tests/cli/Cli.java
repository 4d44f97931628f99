package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A working directory in which somebody types commands. */
public final class Cli {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Jdk jdk;
    private final Path directory;
    private final Map<String, String> environment = new TreeMap<>();

    /** Somebody with the JDK that runs the tests, in a new directory. */
    public Cli() {
        this(Jdk.running());
    }

    /** Somebody with another one. */
    public Cli(Jdk jdk) {
        this.jdk = jdk;
        this.directory = Project.newDirectory("cli");
    }

    /** What a command came to. */
    public record Outcome(int code, List<String> out, List<String> err) {

        /** Asserts that it was done, and nothing was complained about. */
        public Outcome done() {
            assertEquals(0, code, this::toString);
            assertEquals(List.of(), err);
            return this;
        }

        /** Asserts that it ended with the code and with one line on standard error that has the text in it. */
        public Outcome failed(int expected, String text) {
            assertEquals(expected, code, this::toString);
            assertEquals(1, err.size(), this::toString);
            assertTrue(err.get(0).startsWith("maintenance-agent: "), this::toString);
            assertTrue(err.get(0).contains(text), this::toString);
            return this;
        }

        /** All of standard output. */
        public String text() {
            return String.join("\n", out);
        }
    }

    Path directory() {
        return directory;
    }

    /** The state file that commands use unless they are told otherwise. */
    Path file() {
        return directory.resolve("maintenance.mode");
    }

    /** What is in it. */
    String state() {
        return read(file());
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of this directory. */
    Path write(String name, String content) {
        try {
            return Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets an environment variable for the commands that follow. */
    public Cli with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Runs a command to its end. */
    public Outcome run(String... arguments) {
        try (JavaProcess process = start(arguments)) {
            int code = process.awaitExit(LIMIT);
            return new Outcome(code, process.stdout().lines(), process.stderr().lines());
        }
    }

    /** Starts a command; close it. */
    JavaProcess start(String... arguments) {
        return start(List.of(), arguments);
    }

    /** Starts a command under another one; close it. */
    JavaProcess start(List<String> under, String... arguments) {
        JavaCommand command = new JavaCommand(jdk, directory)
                .under(under.toArray(new String[0]))
                .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.timezone=UTC")
                .jar(Project.agentJar(), arguments);
        environment.forEach(command::environment);
        return command.start();
    }
}
