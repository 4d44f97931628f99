package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Jdk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * The processor time that a server uses until it has answered its first request, against the same server with an agent
 * that does nothing. Each round starts all of them, one after the other; what counts is the ratio within a round.
 */
final class StartupBenchmark {

    private static final String ALL_GUARDS = "guard=http+schedules+messages+jdbc";

    private final int rounds;
    private final String title;
    private final String server;
    private final BiFunction<Jdk, Consumer<JavaCommand>, HelloServer> start;
    private final List<Variant> variants;

    private StartupBenchmark(
            boolean quick,
            String title,
            String server,
            BiFunction<Jdk, Consumer<JavaCommand>, HelloServer> start,
            List<Variant> variants) {
        this.rounds = quick ? 2 : 11;
        this.title = title;
        this.server = server;
        this.start = start;
        this.variants = variants;
    }

    static StartupBenchmark ofTomcat(boolean quick) {
        return new StartupBenchmark(
                quick,
                "Start-up",
                "an embedded Tomcat 11 with one servlet",
                (jdk, setup) -> HelloServer.start(jdk, HelloApplication.PLAIN, setup),
                List.of(Variant.withIdleAgent(), Variant.withAgent(), Variant.withOpenTelemetry()));
    }

    static StartupBenchmark ofSpringBoot(boolean quick) {
        return new StartupBenchmark(
                quick,
                "Start-up of Spring Boot with JPA",
                "Spring Boot 3.5 with JPA (Hibernate, HikariCP, H2 in memory) and a schedule",
                HelloServer::startJpa,
                List.of(Variant.withIdleAgent(), Variant.withAgent(), Variant.withAgent(ALL_GUARDS)));
    }

    Report run() {
        Report report = new Report(title)
                .paragraph("Processor time (user and system, of the whole process) of " + server
                        + " until it has answered its first request; the median of " + rounds
                        + " rounds, and the median, least and largest ratio to the idle agent of the same round.")
                .table("JDK", "agent", "CPU, ms", "ratio", "min", "max");
        for (Jdk jdk : Jdk.runningAndNewest()) {
            measure(jdk, report);
        }
        return report.endTable();
    }

    private void measure(Jdk jdk, Report report) {
        Map<Variant, List<Double>> millis = new LinkedHashMap<>();
        Map<Variant, List<Double>> ratios = new LinkedHashMap<>();
        // The first round warms the machine up: files in the page cache.
        for (int round = 0; round <= rounds; round++) {
            double idle = 0;
            for (Variant variant : variants) {
                double used = untilFirstResponse(jdk, variant);
                idle = variant == variants.get(0) ? used : idle;
                System.out.printf("startup, %s, round %d, %s: %.0f ms%n", jdk, round, variant.name(), used);
                if (round > 0) {
                    millis.computeIfAbsent(variant, v -> new ArrayList<>()).add(used);
                    ratios.computeIfAbsent(variant, v -> new ArrayList<>()).add(used / idle);
                }
            }
        }
        for (Variant variant : variants) {
            Statistics ratio = new Statistics(ratios.get(variant));
            String used = Math.round(new Statistics(millis.get(variant)).median()) + "";
            report.row("%.3f", jdk, variant.name(), used, ratio.median(), ratio.min(), ratio.max());
        }
    }

    /** In milliseconds. */
    private double untilFirstResponse(Jdk jdk, Variant variant) {
        try (HelloServer running = start.apply(jdk, variant.setup())) {
            int status = running.get().status();
            double used = running.processorTime().toMillis();
            if (status != 200) {
                throw new IllegalStateException(variant.name() + ": the first response is a " + status);
            }
            return used;
        }
    }
}
