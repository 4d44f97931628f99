package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A page of Markdown with what was measured, on what, and how. */
final class Report {

    private final StringBuilder text = new StringBuilder();

    Report(String title) {
        text.append("## ").append(title).append("\n\n");
    }

    Report paragraph(String paragraph) {
        text.append(paragraph).append("\n\n");
        return this;
    }

    /** Begins a table; its rows follow. */
    Report table(String... columns) {
        cells(List.of(columns));
        cells(Collections.nCopies(columns.length, "---"));
        return this;
    }

    /** A row of the table. Numbers are written with the given format, in English; texts as they are. */
    Report row(String numberFormat, Object... cells) {
        cells(List.of(cells).stream()
                .map(cell -> cell instanceof Double ? String.format(Locale.ROOT, numberFormat, cell) : cell.toString())
                .toList());
        return this;
    }

    Report endTable() {
        text.append('\n');
        return this;
    }

    /** Writes the page, and below it the machine, the JDKs and the date. */
    void write(Path file, boolean quick) throws IOException {
        paragraph("Measured on " + Machine.description() + ", load " + Machine.load() + ", on " + LocalDate.now()
                + (quick ? ", **with quick settings: these numbers mean little**." : "."));
        for (Jdk jdk : Jdk.runningAndNewest()) {
            text.append("- ")
                    .append(jdk)
                    .append(": ")
                    .append(Machine.version(jdk))
                    .append('\n');
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void cells(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
