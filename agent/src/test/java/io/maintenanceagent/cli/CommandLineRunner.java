package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.Terminal;
import io.maintenanceagent.store.file.FileStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands in this JVM, with streams and an environment of its own. The state file is in a directory. */
final class CommandLineRunner {

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private boolean terminal;

    CommandLineRunner(Path directory) {
        this.directory = directory;
        environment.put("MAINTENANCE_FILE", file().toString());
    }

    /** The result of a command. */
    record Outcome(int code, String out, String err) {

        /** Asserts exit code 0 and an empty standard error. */
        Outcome done() {
            assertEquals(0, code, this::toString);
            assertEquals("", err);
            return this;
        }

        /** Asserts the exit code, and one line on standard error that contains the text. */
        Outcome failed(int expected, String text) {
            assertEquals(expected, code, this::toString);
            assertTrue(err.startsWith("maintenance-agent: ") && err.contains(text), this::toString);
            assertEquals(err.length() - 1, err.indexOf('\n'), "one line: " + err);
            return this;
        }
    }

    Path file() {
        return directory.resolve("maintenance.mode");
    }

    Path write(String name, String content) {
        try {
            return Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an instance report, as an agent at the state file does. */
    void report(String name, String json) {
        try (FileStore store = new FileStore(file().toFile())) {
            store.instances().report(name, json.getBytes(StandardCharsets.UTF_8), 60_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String state() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CommandLineRunner with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Makes standard output a terminal. */
    CommandLineRunner atTerminal() {
        terminal = true;
        return this;
    }

    Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = run(out, err, arguments);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    int run(OutputStream out, OutputStream err, String... arguments) {
        return Cli.run(arguments, new Console(stream(out), stream(err), environment));
    }

    private Terminal stream(OutputStream out) {
        return new Terminal(out, StandardCharsets.UTF_8, terminal, environment);
    }

    /** The arguments of a command as they are typed: words, and texts in single quotes. */
    static String[] words(String line) {
        List<String> words = new ArrayList<>();
        String[] parts = line.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1) {
                words.add(parts[i]);
            } else if (!parts[i].isBlank()) {
                words.addAll(List.of(parts[i].trim().split(" +")));
            }
        }
        return words.toArray(new String[0]);
    }
}
