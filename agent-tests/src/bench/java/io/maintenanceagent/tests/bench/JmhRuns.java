package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Jdk;
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

/** Runs the benchmarks of one class with JMH, in JVMs of their own. */
final class JmhRuns {

    private final Class<?> benchmarks;
    private final int forks;
    private final int iterations;
    private final TimeValue iteration;

    JmhRuns(Class<?> benchmarks, boolean quick) {
        this.benchmarks = benchmarks;
        forks = quick ? 1 : 2;
        iterations = quick ? 2 : 4;
        iteration = TimeValue.milliseconds(quick ? 200 : 500);
    }

    /** Runs all of them with a JDK, a number of threads, and JVM options; the results by the benchmarks' names. */
    Map<String, Result<?>> run(Jdk jdk, int threads, List<String> options) throws RunnerException {
        ChainedOptionsBuilder builder = new OptionsBuilder()
                .include(benchmarks.getName())
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

    /** The score and its error, for people. */
    static String text(Result<?> result) {
        String score = String.format(Locale.ROOT, "%.2f", result.getScore());
        // JMH gives no error for less than three iterations.
        return Double.isNaN(result.getScoreError())
                ? score
                : score + String.format(Locale.ROOT, " ± %.2f", result.getScoreError());
    }

    /** How many JVMs and iterations. */
    @Override
    public String toString() {
        return forks + " JVMs × " + iterations + " × " + iteration;
    }
}
