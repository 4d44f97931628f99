package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes {@code docs/jdks.md}: which tests ran on which JDK, as the names of their invocations tell. Only where all
 * JDKs are tested. What other runs have written about other JDKs stays, and so does what this run has not tried.
 */
public final class JdkReport implements TestExecutionListener {

    private static final String LAST_RUN = "(last run)";
    private static final Pattern JDK = Pattern.compile("JDK (\\d+)");

    private final boolean all = Boolean.getBoolean("test.jdks.all");
    private final Map<String, Map<Integer, Outcome>> rows = new TreeMap<>();
    private final Map<String, Map<Integer, String>> table = new TreeMap<>();

    private static final class Outcome {
        private int passed;
        private int failed;
        private int skipped;

        @Override
        public String toString() {
            String text = failed > 0 ? failed + " failed, " + passed + " passed" : passed > 0 ? passed + " passed" : "";
            return skipped == 0 ? text : text + (text.isEmpty() ? "" : ", ") + skipped + " skipped";
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Outcome outcome = outcome(test);
        if (outcome == null) {
            return;
        }
        switch (result.getStatus()) {
            case SUCCESSFUL -> outcome.passed++;
            case FAILED -> outcome.failed++;
            case ABORTED -> outcome.skipped++;
        }
    }

    private synchronized Outcome outcome(TestIdentifier test) {
        Matcher jdk = JDK.matcher(test.getDisplayName());
        MethodSource source = test.isTest()
                ? test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(MethodSource.class::cast)
                        .orElse(null)
                : null;
        if (!all || source == null || !jdk.find()) {
            return null;
        }
        String[] name = source.getClassName().split("\\.");
        String row = name[name.length - 2] + "/" + name[name.length - 1] + " " + source.getMethodName();
        return rows.computeIfAbsent(row, key -> new TreeMap<>())
                .computeIfAbsent(Integer.valueOf(jdk.group(1)), feature -> new Outcome());
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (!all || rows.isEmpty()) {
            return;
        }
        try {
            Path docs = Files.createDirectories(Project.sources("../docs").normalize());
            Path file = docs.resolve("jdks.md");
            if (Files.exists(file)) {
                read(Files.readAllLines(file));
            }
            rows.forEach((row, outcomes) -> outcomes.forEach((feature, outcome) -> {
                cell(row, feature, outcome.toString());
                cell(LAST_RUN, feature, LocalDate.now().toString());
            }));
            Files.writeString(file, text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void cell(String row, Integer feature, String text) {
        table.computeIfAbsent(row, key -> new TreeMap<>()).put(feature, text);
    }

    private void read(List<String> lines) {
        List<Integer> features = new ArrayList<>();
        for (String line : lines) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| Test |")) {
                JDK.matcher(line).results().forEach(jdk -> features.add(Integer.valueOf(jdk.group(1))));
            } else if (line.startsWith("| ") && cells.length >= features.size() + 3) {
                for (int i = 0; i < features.size(); i++) {
                    if (!cells[i + 2].isBlank()) {
                        cell(cells[1].strip(), features.get(i), cells[i + 2].strip());
                    }
                }
            }
        }
    }

    private String text() {
        TreeSet<Integer> features = new TreeSet<>();
        table.values().forEach(outcomes -> features.addAll(outcomes.keySet()));
        StringBuilder text = new StringBuilder("# The agent on each JDK\n\n"
                + "Written by `mvn verify -pl agent-tests -am -Pjdks`, which runs these tests on every JDK that"
                + " it finds, or on some with `-Djdks=8,11`; `agent-tests/jdks.sh` brings 8, 11 and 21. A number is"
                + " one of servers or variants; an empty cell: the servers of that test do not run on that JDK. Servers"
                + " as their projects ship them are in [compatibility](compatibility.md).\n\n| Test |");
        features.forEach(feature -> text.append(" JDK ").append(feature).append(" |"));
        text.append("\n|---|").append("---|".repeat(features.size())).append('\n');
        table.forEach((row, outcomes) -> {
            text.append("| ").append(row).append(" |");
            features.forEach(feature ->
                    text.append(' ').append(outcomes.getOrDefault(feature, "")).append(" |"));
            text.append('\n');
        });
        return text.toString();
    }
}
