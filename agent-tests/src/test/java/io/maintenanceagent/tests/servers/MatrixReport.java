package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Prints what came of each cell, and writes it to {@code target/servers.md} and to {@link MatrixPage the page}: a line
 * for each server, or more where its JDKs do not agree; and below the table what has failed. Thread-safe.
 */
final class MatrixReport implements TestWatcher, AfterAllCallback {

    private static final String NOTHING_TO_SEE = "–";

    private static final Map<MatrixCell, Map<String, String>> OUTCOMES = new HashMap<>();
    private static final Set<String> COLUMNS = new LinkedHashSet<>();
    private static final List<String> FAILURES = new ArrayList<>();

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
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        synchronized (OUTCOMES) {
            FAILURES.add("- " + cell(test) + ", " + test.getDisplayName() + ": " + reason + "\n");
        }
    }

    @Override
    public void testAborted(ExtensionContext test, Throwable cause) {
        record(test, NOTHING_TO_SEE);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        String table = table();
        System.out.println(table);
        try {
            Files.writeString(Project.target().resolve("servers.md"), table);
            synchronized (OUTCOMES) {
                MatrixPage.put(line(head()), lines().stream().map(Line::text).toList());
            }
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
            List<String> head = head();
            return line(head)
                    + line(head.stream().map(column -> "---").toList())
                    + lines().stream().map(Line::text).collect(Collectors.joining())
                    + (FAILURES.isEmpty() ? "" : "\n" + String.join("", FAILURES));
        }
    }

    private static List<String> head() {
        List<String> head = new ArrayList<>(List.of("Server", "API", "JDK", "Agent in"));
        head.addAll(COLUMNS);
        head.addAll(List.of("run on", "notes"));
        return head;
    }

    private static List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        Matrix.cells().filter(OUTCOMES::containsKey).map(Line::of).forEach(line -> {
            Line last = lines.isEmpty() ? null : lines.get(lines.size() - 1);
            if (last != null && last.agreesWith(line)) {
                lines.set(lines.size() - 1, last.and(line));
            } else {
                lines.add(line);
            }
        });
        return lines;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** One server, and the JDKs on which the same came of it. */
    private record Line(MatrixCell cell, String jdks, List<String> outcomes) {

        static Line of(MatrixCell cell) {
            Map<String, String> outcomes = OUTCOMES.get(cell);
            String jdk = Integer.toString(cell.jdk().feature());
            List<String> columns = COLUMNS.stream()
                    .map(column -> outcomes.getOrDefault(column, "not started"))
                    .toList();
            return new Line(cell, jdk, columns);
        }

        /** Whether it is the same server, and nothing that was tried on both JDKs turned out differently. */
        boolean agreesWith(Line other) {
            boolean same = cell.row().equals(other.cell.row());
            for (int i = 0; i < outcomes.size(); i++) {
                String here = outcomes.get(i);
                String there = other.outcomes.get(i);
                same &= here.equals(there) || here.equals(NOTHING_TO_SEE) || there.equals(NOTHING_TO_SEE);
            }
            return same;
        }

        Line and(Line other) {
            List<String> all = new ArrayList<>(outcomes);
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).equals(NOTHING_TO_SEE)) {
                    all.set(i, other.outcomes.get(i));
                }
            }
            return new Line(cell, jdks + ", " + other.jdks, all);
        }

        String text() {
            List<String> cells = new ArrayList<>(List.of(
                    cell.server(),
                    cell.row().namespace().name().toLowerCase(),
                    jdks,
                    cell.row().launch().agentIn()));
            cells.addAll(outcomes);
            cells.add(LocalDate.now().toString());
            cells.add(cell.row().note());
            return line(cells);
        }
    }
}
