package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.RunnerException;

/** Runs {@link JdbcCosts} with JMH, in JVMs with the agent and without. */
final class JdbcBenchmark {

    private static final List<String> BENCHMARKS = List.of("update", "updateInTransaction", "query", "h2Update");

    private final JmhRuns runs;

    JdbcBenchmark(boolean quick) {
        runs = new JmhRuns(JdbcCosts.class, quick);
    }

    Report run() throws RunnerException {
        Report report = new Report("JDBC")
                .paragraph("Nanoseconds a call while maintenance is off (JMH, average time ± its 99.9 % confidence"
                        + " interval, " + runs
                        + "): prepared statements of a driver that does nothing, and of H2 in memory,"
                        + " in a JVM with guard=http+jdbc and in one without the agent.")
                .table("JDK", "threads", "benchmark", "no agent, ns", "maintenance-agent, ns", "cost, ns");
        Path directory = Project.newDirectory("jdbc-bench");
        // No such file: maintenance is off.
        String agent =
                "-javaagent:" + Project.agentJar() + "=guard=http+jdbc,file=" + directory.resolve("maintenance.mode");
        for (Jdk jdk : Jdk.runningAndNewest()) {
            Map<String, Result<?>> without = runs.run(jdk, 1, List.of());
            Map<String, Result<?>> with = runs.run(jdk, 1, List.of(agent));
            for (String name : BENCHMARKS) {
                double cost = with.get(name).getScore() - without.get(name).getScore();
                report.row("%.2f", jdk, 1, name, JmhRuns.text(without.get(name)), JmhRuns.text(with.get(name)), cost);
            }
        }
        return report.endTable();
    }
}
