package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.FreePorts;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.RunnerException;

/** Runs {@link WorkCosts} with JMH beside a Kafka broker: without the agent, with it, and without it once more. */
final class WorkBenchmark {

    private static final List<String> BENCHMARKS =
            List.of("kafkaPollOfRecords", "kafkaPollOfNothing", "springTick", "quartzTick");

    private static final int RECORDS_A_LINE = 500;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final JmhRuns runs;

    WorkBenchmark(boolean quick) {
        runs = new JmhRuns(WorkCosts.class, quick);
    }

    Report run() throws RunnerException, IOException {
        Report report = new Report("Polls and ticks")
                .paragraph("Microseconds a call while maintenance is off (JMH, average time ± its 99.9 % confidence"
                        + " interval, " + runs
                        + "): a poll of Kafka's consumer that returns a hundred records, one of a"
                        + " partition that is paused, a tick of Spring's scheduler and of Quartz with a store"
                        + " in memory, where the next one is due at once. With guard=http+schedules+messages+jdbc, and"
                        + " twice without the agent, before and after: what these two differ by is noise.")
                .table(
                        "JDK",
                        "benchmark",
                        "no agent, µs",
                        "maintenance-agent, µs",
                        "no agent again, µs",
                        "cost",
                        "noise");
        Path directory = Project.newDirectory("work-bench");
        // No such file: maintenance is off.
        String agent = "-javaagent:" + Project.agentJar() + "=guard=http+schedules+messages+jdbc,file="
                + directory.resolve("maintenance.mode");
        int port = FreePorts.one();
        String kafka = "-Dbench.kafka=127.0.0.1:" + port;
        try (JavaProcess broker = broker(port)) {
            fill(broker);
            for (Jdk jdk : Jdk.runningAndNewest()) {
                Map<String, Result<?>> before = runs.run(jdk, 1, List.of(kafka));
                Map<String, Result<?>> with = runs.run(jdk, 1, List.of(kafka, agent));
                Map<String, Result<?>> after = runs.run(jdk, 1, List.of(kafka));
                for (String name : BENCHMARKS) {
                    double one = before.get(name).getScore();
                    double other = after.get(name).getScore();
                    report.row(
                            "%+.2f",
                            jdk,
                            name,
                            JmhRuns.text(before.get(name)),
                            JmhRuns.text(with.get(name)),
                            JmhRuns.text(after.get(name)),
                            with.get(name).getScore() - (one + other) / 2,
                            other - one);
                }
            }
        }
        return report.endTable();
    }

    private static JavaProcess broker(int port) {
        List<Path> jars = Project.serverJars("kafka-4");
        Path classes = Project.newDirectory("bench-broker");
        new Sources(Project.sources("messages")).compile(17, List.of("KafkaServer.java"), text -> text, jars, classes);
        List<Path> classPath = new ArrayList<>(jars);
        classPath.add(classes);
        JavaCommand command = new JavaCommand(Jdk.running(), "bench-broker")
                .option("-Xmx256m")
                .classPath(classPath);
        return command.main(
                        "KafkaServer",
                        Integer.toString(port),
                        Integer.toString(FreePorts.one()),
                        command.directory().toString())
                .start();
    }

    private static void fill(JavaProcess broker) throws IOException {
        broker.awaitStdout("^READY port=(\\d+)$", LIMIT);
        broker.type("create " + WorkCosts.TOPIC + " 1\n");
        broker.awaitStdout("^DONE " + WorkCosts.TOPIC, LIMIT);
        String line = "send " + WorkCosts.TOPIC + " 0" + " record".repeat(RECORDS_A_LINE) + "\n";
        for (int i = 0; i < WorkCosts.RECORDS / RECORDS_A_LINE; i++) {
            broker.type(line);
        }
        String sent = "DONE " + RECORDS_A_LINE;
        Await.until(
                LIMIT,
                broker::toString,
                () -> broker.stdout().lines(sent::equals).size() == WorkCosts.RECORDS / RECORDS_A_LINE);
    }
}
