package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints what came of each cell, and writes it to {@code target/servers.md}. Thread-safe. */
final class MatrixReport implements TestWatcher, AfterAllCallback {

    private static final Map<MatrixCell, Map<String, String>> OUTCOMES = new HashMap<>();
    private static final Set<String> COLUMNS = new LinkedHashSet<>();

    /** A row for a cell, whatever becomes of it. */
    static void begin(MatrixCell cell) {
        synchronized (OUTCOMES) {
            OUTCOMES.put(cell, new HashMap<>());
        }
    }

    @Override
    public void testSuccessful(ExtensionContext test) {
        record(test, "✓");
    }

    @Override
    public void testFailed(ExtensionContext test, Throwable cause) {
        record(test, "✗");
    }

    @Override
    public void testAborted(ExtensionContext test, Throwable cause) {
        record(test, "–");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        String table = table();
        System.out.println(table);
        try {
            Files.writeString(Project.target().resolve("servers.md"), table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void record(ExtensionContext test, String outcome) {
        synchronized (OUTCOMES) {
            COLUMNS.add(test.getDisplayName());
            OUTCOMES.get(cell(test)).put(test.getDisplayName(), outcome);
        }
    }

    private static MatrixCell cell(ExtensionContext context) {
        return ((ServersTest) context.getRequiredTestInstance()).cell();
    }

    private static String table() {
        synchronized (OUTCOMES) {
            List<String> head = new ArrayList<>(List.of("Server", "API", "JDK", "Agent in"));
            head.addAll(COLUMNS);
            StringBuilder table = new StringBuilder(
                    line(head) + line(head.stream().map(column -> "---").toList()));
            Matrix.cells()
                    .filter(OUTCOMES::containsKey)
                    .forEach(cell -> table.append(line(row(cell, OUTCOMES.get(cell)))));
            return table.toString();
        }
    }

    private static List<String> row(MatrixCell cell, Map<String, String> outcomes) {
        List<String> row = new ArrayList<>(List.of(
                cell.server(),
                cell.row().namespace().name().toLowerCase(),
                Integer.toString(cell.jdk().feature()),
                cell.row().launch().agentIn()));
        COLUMNS.forEach(
                column -> row.add(Optional.ofNullable(outcomes.get(column)).orElse("not started")));
        return row;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
