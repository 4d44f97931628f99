package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.RunnerException;

/** Runs {@link HookCosts} with JMH, in JVMs with the agent and without. */
final class HookBenchmark {

    private static final List<String> BENCHMARKS =
            List.of("nothing", "check", "oneEntry", "nestedEntry", "fiveEntries");

    private final JmhRuns runs;

    HookBenchmark(boolean quick) {
        runs = new JmhRuns(HookCosts.class, quick);
    }

    Report run() throws RunnerException {
        Report report = new Report("Hook")
                .paragraph("Nanoseconds a call while maintenance is off (JMH, average time ± its 99.9 % confidence"
                        + " interval, " + runs
                        + "): servlets that do nothing, called directly, in a JVM with the agent and in one without."
                        + " \"check\" is the read of a volatile field alone, \"nothing\" the measuring itself.")
                .table("JDK", "threads", "benchmark", "no agent, ns", "maintenance-agent, ns", "cost, ns");
        Path directory = Project.newDirectory("hook");
        // No such file: maintenance is off.
        String agent = "-javaagent:" + Project.agentJar() + "=file=" + directory.resolve("maintenance.mode");
        for (Jdk jdk : Jdk.runningAndNewest()) {
            for (int threads = 1; threads <= 2; threads++) {
                Map<String, Result<?>> without = runs.run(jdk, threads, List.of());
                Map<String, Result<?>> with = runs.run(jdk, threads, List.of(agent));
                for (String name : BENCHMARKS) {
                    double cost = with.get(name).getScore() - without.get(name).getScore();
                    report.row(
                            "%.2f",
                            jdk, threads, name, JmhRuns.text(without.get(name)), JmhRuns.text(with.get(name)), cost);
                }
            }
        }
        return report.endTable();
    }
}
