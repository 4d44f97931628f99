package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Writes {@code docs/frameworks.md}: how many tests each server without servlets passed, on which JDK, after each test.
 * Only by the profile {@code frameworks}; what other runs have found, of other servers and on other JDKs, stays. The
 * system property {@code cell} picks rows as it picks servers.
 */
public final class FrameworksReport implements TestExecutionListener {

    private static final Pattern JDK = Pattern.compile("JDK (\\d+)");
    private static final Pattern GRPC = Pattern.compile("version=grpc(?:-([\\d.]+))?, transport=(\\w+)");
    private static final Pattern NAME = Pattern.compile(
            "\\b(SPRING_\\w+|JDK|UNDERTOW|GRIZZLY|VERTX\\w*|HELIDON\\w*|NETTY\\w*|REACTOR\\w*|JERSEY|JAX_WS"
                    + "|MICRONAUT|KTOR|PLAY|RATPACK|ARMERIA|QUARKUS)\\b");

    /** Of classes whose tests are of one server, the JDK's own. */
    private static final Map<String, String> ROWS =
            Map.of("CoreServersTest", "JDK", "HttpsTest", "JDK", "NettyProxyTest", "NETTY_PROXY");

    private static final Pattern ROW = Pattern.compile("\\| (\\S.*?) \\|(.*)\\|");

    private final boolean writes = Boolean.getBoolean("frameworks");
    private final Map<String, Map<Integer, String>> rows = new TreeMap<>();
    private final Map<String, int[]> outcomes = new TreeMap<>();
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!writes
                || !test.isTest()
                || test.getSource().filter(MethodSource.class::isInstance).isEmpty()) {
            return;
        }
        MethodSource source = (MethodSource) test.getSource().get();
        String type = source.getClassName().replaceFirst(".*\\.", "");
        if (!source.getClassName().contains(".http.") && !type.equals("WebFluxTest")) {
            return;
        }
        String shown = test.getDisplayName();
        for (var parent = plan.getParent(test); parent.isPresent(); parent = plan.getParent(parent.get())) {
            shown += " " + parent.get().getDisplayName();
        }
        String row = row(shown, type);
        if (!row.contains(System.getProperty("cell", ""))) {
            return;
        }
        Matcher jdk = JDK.matcher(shown);
        int feature =
                jdk.find() ? Integer.parseInt(jdk.group(1)) : Jdk.running().feature();
        int[] counts = outcomes.computeIfAbsent(row + "|" + feature, key -> new int[3]);
        counts[result.getStatus().ordinal()]++;
        write();
    }

    private static String row(String shown, String type) {
        Matcher grpc = GRPC.matcher(shown);
        if (grpc.find()) {
            return "GRPC_" + (grpc.group(1) == null ? "NEWEST" : grpc.group(1)) + "_"
                    + grpc.group(2).toUpperCase();
        }
        Matcher name = NAME.matcher(shown.replaceAll("JDK \\d+", ""));
        return name.find()
                ? name.group(1)
                : ROWS.getOrDefault(type, type.replace("Test", "").toUpperCase());
    }

    private void write() {
        try {
            Path file = Files.createDirectories(Project.sources("../docs").normalize())
                    .resolve("frameworks.md");
            TreeSet<Integer> features = new TreeSet<>();
            if (Files.exists(file)) {
                read(Files.readAllLines(file), features);
            }
            outcomes.forEach((key, counts) -> {
                String[] cell = key.split("\\|");
                int feature = Integer.parseInt(cell[1]);
                features.add(feature);
                rows.computeIfAbsent(cell[0], name -> new TreeMap<>()).put(feature, text(counts));
            });
            Files.writeString(file, table(features));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(List<String> lines, TreeSet<Integer> features) {
        List<Integer> columns = null;
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (!row.matches() || line.startsWith("|---")) {
                continue;
            }
            String[] cells = row.group(2).split("\\|", -1);
            if (columns == null) {
                columns = List.of(cells).stream()
                        .map(cell -> Integer.valueOf(cell.trim().substring(4)))
                        .toList();
                features.addAll(columns);
                continue;
            }
            Map<Integer, String> known = new TreeMap<>();
            for (int i = 0; i < columns.size(); i++) {
                known.put(columns.get(i), cells[i].trim());
            }
            rows.put(row.group(1), known);
        }
    }

    private static String text(int[] counts) {
        String passed = counts[TestExecutionResult.Status.SUCCESSFUL.ordinal()] + " passed";
        int failed = counts[TestExecutionResult.Status.FAILED.ordinal()];
        int skipped = counts[TestExecutionResult.Status.ABORTED.ordinal()];
        return passed
                + (failed > 0 ? ", " + failed + " FAILED" : "")
                + (skipped > 0 ? ", " + skipped + " skipped" : "");
    }

    private String table(TreeSet<Integer> features) {
        StringBuilder text = new StringBuilder("# Servers without servlets\n\n"
                + "Written by `mvn verify -pl agent-tests -am -Pframeworks`: refusing by the rules, draining, "
                + "requests in"
                + " waves, attach and detach, on each server. A run fills the column of its JDK; an empty cell: that"
                + " server does not run there, or was not tried.\n\n| Server |");
        features.forEach(feature -> text.append(" JDK ").append(feature).append(" |"));
        text.append("\n|---|").append("---|".repeat(features.size())).append('\n');
        rows.forEach((row, cells) -> {
            text.append("| ").append(row).append(" |");
            features.forEach(feature ->
                    text.append(' ').append(cells.getOrDefault(feature, "")).append(" |"));
            text.append('\n');
        });
        return text.toString();
    }
}
