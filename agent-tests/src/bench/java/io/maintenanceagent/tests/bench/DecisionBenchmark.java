package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link DecisionCosts} with JMH, under policies of different sizes. */
final class DecisionBenchmark {

    private final int forks;
    private final int iterations;

    DecisionBenchmark(boolean quick) {
        forks = quick ? 1 : 3;
        iterations = quick ? 2 : 5;
    }

    Report run() throws IOException, RunnerException {
        Report report = new Report("Decision")
                .paragraph("Nanoseconds from the hook to the decision, in maintenance, for requests that pass (JMH, "
                        + "average"
                        + " time ± its 99.9 % confidence interval), under policies with so many rules and "
                        + "so many networks."
                        + " Reading the request is a part of it.")
                .table("JDK", "rules and networks", "passes by", "ns", "± ns", "times as much as with 10");
        for (Jdk jdk : Jdk.runningAndNewest()) {
            Map<String, Double> few = new TreeMap<>();
            for (int size : new int[] {10, 1_000, 10_000}) {
                for (Result<?> result : run(jdk, policy(size))) {
                    few.putIfAbsent(result.getLabel(), result.getScore());
                    String by = result.getLabel().equals("passesByRule") ? "a rule" : "an address";
                    double times = result.getScore() / few.get(result.getLabel());
                    report.row("%.2f", jdk, size, by, result.getScore(), result.getScoreError(), times);
                }
            }
        }
        return report.endTable();
    }

    private Iterable<Result<?>> run(Jdk jdk, Path policy) throws RunnerException {
        Map<String, Result<?>> results = new TreeMap<>();
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(DecisionCosts.class.getName())
                        .jvm(jdk.java().toString())
                        .jvmArgs("-javaagent:" + Project.agentJar() + "=enable=true,policy=" + policy)
                        .forks(forks)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(iterations)
                        .measurementTime(TimeValue.milliseconds(500))
                        .shouldFailOnError(true)
                        .build())
                .run()) {
            results.put(result.getPrimaryResult().getLabel(), result.getPrimaryResult());
        }
        return results.values();
    }

    /** Rules of every kind of path, forced on and forced off, and as many networks. */
    private static Path policy(int size) throws IOException {
        StringBuilder text = new StringBuilder("{\"rules\": [");
        String[] kinds = {"/a%d/**", "/api/v1/p%d", "/**/f%d", "/g%d*/x"};
        for (int i = 0; i < size; i++) {
            text.append("{\"path\": \"")
                    .append(String.format(kinds[i % kinds.length], i))
                    .append("\", \"maintenance\": \"")
                    .append(i / kinds.length % 2 == 0 ? "on" : "off")
                    .append("\"},\n");
        }
        text.append("{\"path\": \"/last/*\", \"maintenance\": \"off\"}],\n\"exempt\": {\"addresses\": [");
        for (int i = 0; i < size; i++) {
            text.append(String.format("\"172.%d.%d.0/25\",", 16 + i / 256, i % 256));
        }
        text.append("\"10.0.0.0/8\"]}}");
        return Files.writeString(Project.newDirectory("policy").resolve("policy.json"), text);
    }
}
