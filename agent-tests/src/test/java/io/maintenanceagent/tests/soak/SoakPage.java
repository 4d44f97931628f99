package io.maintenanceagent.tests.soak;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Machine;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code docs/soak.md}: a row for each server, of which a run writes its own and keeps the others. */
final class SoakPage {

    private static final String TEXT = """
            # Soak

            Random work (synchronous, streamed, forwarded, included, failing, asynchronous in all ways, timed out, left
            by its client) while the state file is flipped at random. *Wrong* is how often the agent was found to say
            "drained" while work that it had let in was under way, by the application's own count, looked at each
            millisecond. *Odd* is how many answers were neither the application's nor a refusal, or not whole. A trial
            waits for "drained". Times are the median, the 99th percentile and the longest, in milliseconds: of a flip,
            from the write until the agent says that it enforces it; until it says "drained" after that; of a refusal.
            Where a row is of several runs, each time is the worst of them.

            Open Liberty, with the agent or without, gives asynchronous requests the parameters of others now and then;
            there an answer counts as whole whosever parameter it names.

            `mvn verify -pl agent-tests -am -Psoak [-Dsoak.trials=10000] [-Dsoak.flips=100000] [-Dsoak.servers=tomcat]`

            A run replaces the rows of its servers; with `-Dsoak.add=true` it adds to them.

            """;

    private static final String ROW = "| ";

    private SoakPage() {}

    /** Writes a server's row. */
    static void put(SoakRow row, int clients) throws IOException {
        Path file = Project.sources("../docs/soak.md").normalize();
        Map<String, SoakRow> rows = new LinkedHashMap<>();
        if (Files.exists(file)) {
            Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(ROW))
                    .skip(2)
                    .map(SoakRow::parse)
                    .forEach(known -> rows.put(known.server(), known));
        }
        rows.merge(row.server(), row, (known, now) -> Boolean.getBoolean("soak.add") ? known.plus(now) : now);
        StringBuilder page = new StringBuilder(TEXT).append(SoakRow.head()).append('\n');
        rows.values().forEach(known -> page.append(known.text()).append('\n'));
        page.append("\nIn all %d trials, %d flips, %d wrong, %d odd.\n"
                .formatted(sum(rows, 0), sum(rows, 3), sum(rows, 2), sum(rows, 7)));
        page.append("%d clients, on %s, the last run at a load of %s, %s.\n"
                .formatted(clients, Machine.description(), Machine.load(), Machine.version(Jdk.running())));
        Files.writeString(file, page);
    }

    private static long sum(Map<String, SoakRow> rows, int count) {
        return rows.values().stream().mapToLong(row -> row.counts().get(count)).sum();
    }

    /** The date of the newest commit, of which the agent has been built; "–" outside of a repository. */
    static String commit() throws IOException {
        Process git = new ProcessBuilder("git", "log", "-1", "--format=%cs")
                .directory(Project.sources("").toFile())
                .redirectErrorStream(true)
                .start();
        String date = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return date.matches("[0-9-]+") ? date : "–";
    }
}
