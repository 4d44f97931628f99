package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table in {@code docs/compatibility.md}: a run writes the lines of its servers, and keeps the others. */
final class MatrixPage {

    private MatrixPage() {}

    /**
     * Writes the lines of some servers, unless the page's table has another head: then not all columns were tried.
     *
     * @param head the table's
     * @param lines of which the first cell names the server
     */
    static void put(String head, List<String> lines) throws IOException {
        Path file = Project.sources("../docs/compatibility.md").normalize();
        List<String> page = new ArrayList<>(Files.readAllLines(file));
        int begin = page.indexOf(head.strip()) + 2;
        if (begin == 1) {
            System.out.println(file + " is left as it is: not all columns were tried");
            return;
        }
        int end = begin;
        while (end < page.size() && page.get(end).startsWith("|")) {
            end++;
        }
        List<String> table = page.subList(begin, end);
        for (int i = 0; i < lines.size(); i++) {
            String server = server(lines.get(i));
            if (i == 0 || !server.equals(server(lines.get(i - 1)))) {
                replace(table, server, lines);
            }
        }
        Files.write(file, page);
    }

    private static void replace(List<String> table, String server, List<String> lines) {
        int place = table.size();
        for (int i = table.size() - 1; i >= 0; i--) {
            if (server(table.get(i)).equals(server)) {
                table.remove(i);
                place = i;
            }
        }
        table.addAll(
                place,
                lines.stream()
                        .filter(line -> server(line).equals(server))
                        .map(String::strip)
                        .toList());
    }

    private static String server(String line) {
        return line.split(" \\| ")[0];
    }
}
