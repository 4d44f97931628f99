package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link HookCosts} with JMH, in JVMs with the agent and without. */
final class HookBenchmark {

    private static final List<String> BENCHMARKS =
            List.of("nothing", "check", "oneEntry", "nestedEntry", "fiveEntries");

    private final int forks;
    private final int iterations;
    private final TimeValue iteration;

    HookBenchmark(boolean quick) {
        forks = quick ? 1 : 2;
        iterations = quick ? 2 : 4;
        iteration = TimeValue.milliseconds(quick ? 200 : 500);
    }

    Report run() throws RunnerException {
        Report report = new Report("Hook")
                .paragraph("Nanoseconds a call while maintenance is off (JMH, average time ± its 99.9 % confidence"
                        + " interval, " + forks + " JVMs × " + iterations + " × " + iteration
                        + "): servlets that do nothing, called directly, in a JVM with the agent and in one without."
                        + " \"check\" is the read of a volatile field alone, \"nothing\" the measuring itself.")
                .table("JDK", "threads", "benchmark", "no agent, ns", "maintenance-agent, ns", "cost, ns");
        Path directory = Project.newDirectory("hook");
        // No such file: maintenance is off.
        String agent = "-javaagent:" + Project.agentJar() + "=file=" + directory.resolve("maintenance.mode");
        for (Jdk jdk : Jdk.runningAndNewest()) {
            for (int threads = 1; threads <= 2; threads++) {
                Map<String, Result<?>> without = run(jdk, threads, List.of());
                Map<String, Result<?>> with = run(jdk, threads, List.of(agent));
                for (String name : BENCHMARKS) {
                    double cost = with.get(name).getScore() - without.get(name).getScore();
                    report.row("%.2f", jdk, threads, name, text(without.get(name)), text(with.get(name)), cost);
                }
            }
        }
        return report.endTable();
    }

    private Map<String, Result<?>> run(Jdk jdk, int threads, List<String> options) throws RunnerException {
        ChainedOptionsBuilder builder = new OptionsBuilder()
                .include(HookCosts.class.getName())
                .jvm(jdk.java().toString())
                .jvmArgs(options.toArray(String[]::new))
                .threads(threads)
                .forks(forks)
                .warmupIterations(3)
                .warmupTime(iteration)
                .measurementIterations(iterations)
                .measurementTime(iteration)
                .shouldFailOnError(true);
        Map<String, Result<?>> results = new HashMap<>();
        for (RunResult result : new Runner(builder.build()).run()) {
            results.put(result.getPrimaryResult().getLabel(), result.getPrimaryResult());
        }
        return results;
    }

    private static String text(Result<?> result) {
        String score = String.format(Locale.ROOT, "%.2f", result.getScore());
        // JMH gives no error for less than three iterations.
        return Double.isNaN(result.getScoreError())
                ? score
                : score + String.format(Locale.ROOT, " ± %.2f", result.getScoreError());
    }
}
