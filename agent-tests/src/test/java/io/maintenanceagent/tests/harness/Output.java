package io.maintenanceagent.tests.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The lines of one of a process's two output streams, collected by a thread of its own and copied to a log file.
 * Thread-safe.
 */
public final class Output {

    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    Output(InputStream in, Path log) {
        reader = new Thread(() -> collect(in, log), "output " + log.getFileName());
        reader.setDaemon(true);
        reader.start();
    }

    /** The lines so far. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** The lines so far that satisfy the condition. */
    public List<String> lines(Predicate<String> condition) {
        return lines().stream().filter(condition).toList();
    }

    /** Waits until the stream has ended. */
    void awaitEnd() throws InterruptedException {
        reader.join(5_000);
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }

    private void collect(InputStream in, Path log) {
        try (BufferedReader source = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                Writer copy = Files.newBufferedWriter(log)) {
            for (String line = source.readLine(); line != null; line = source.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
                copy.write(line + "\n");
                copy.flush();
            }
        } catch (IOException e) {
            synchronized (lines) {
                lines.add("[output ended: " + e.getMessage() + "]");
            }
        }
    }
}
