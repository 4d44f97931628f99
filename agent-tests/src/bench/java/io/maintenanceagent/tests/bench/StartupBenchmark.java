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
 * that does nothing. Each round starts all of them, one after the other; what counts is the ratio within a round. Large
 * agents take part in some rounds only: nobody asks how much they cost to a hundredth.
 *
 * <p>System property {@code bench.rounds}: how many rounds.
 */
final class StartupBenchmark {

    private static final String ALL_GUARDS = "guard=http+schedules+messages+jdbc";

    /** Rounds in which large agents take part. */
    private static final int EVERY = 5;

    private final int rounds;
    private final String title;
    private final String server;
    private final BiFunction<Jdk, Consumer<JavaCommand>, HelloServer> start;
    private final List<Variant> always; // the idle agent first
    private final List<Variant> sometimes;

    private StartupBenchmark(
            boolean quick,
            String title,
            String server,
            BiFunction<Jdk, Consumer<JavaCommand>, HelloServer> start,
            List<Variant> always,
            List<Variant> sometimes) {
        this.rounds = Integer.getInteger("bench.rounds", quick ? 2 : 21);
        this.title = title;
        this.server = server;
        this.start = start;
        this.always = always;
        this.sometimes = sometimes;
    }

    static StartupBenchmark ofTomcat(boolean quick) {
        return new StartupBenchmark(
                quick,
                "Start-up",
                "an embedded Tomcat 11 with one servlet",
                (jdk, setup) -> HelloServer.start(jdk, HelloApplication.PLAIN, setup),
                List.of(
                        Variant.withIdleAgent(),
                        Variant.withIdleTransformer(),
                        Variant.withAgent(),
                        Variant.withStateAndPolicy()),
                List.of(Variant.withAgentBuilder(), Variant.withOpenTelemetry()));
    }

    static StartupBenchmark ofWeb(boolean quick) {
        return ofPackedBoot(quick, "web", "Spring Boot 3.5 with one controller, as an executable jar");
    }

    static StartupBenchmark ofSecurity(boolean quick) {
        return ofPackedBoot(quick, "jpa", "Spring Boot 3.5 with JPA and Security, as an executable jar");
    }

    private static StartupBenchmark ofPackedBoot(boolean quick, String application, String server) {
        return new StartupBenchmark(
                quick,
                "Start-up of " + server,
                server,
                (jdk, setup) -> HelloServer.start(jdk, application, setup),
                List.of(Variant.withIdleAgent(), Variant.withIdleTransformer(), Variant.withAgent()),
                List.of());
    }

    static StartupBenchmark ofSpringBoot(boolean quick) {
        return new StartupBenchmark(
                quick,
                "Start-up of Spring Boot with JPA",
                "Spring Boot 3.5 with JPA (Hibernate, HikariCP, H2 in memory) and a schedule",
                HelloServer::startJpa,
                List.of(Variant.withIdleAgent(), Variant.withAgent(), Variant.withAgent(ALL_GUARDS)),
                List.of());
    }

    Report run() {
        Report report = new Report(title)
                .paragraph("Processor time (user and system, of the whole process) of " + server
                        + " until it has answered its first request; the median of " + rounds
                        + " rounds (large agents take part in every " + EVERY
                        + "th), and the median, least and largest ratio to the idle agent of the same round.")
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
            List<Variant> variants = new ArrayList<>(always);
            if (round % EVERY == 1) {
                variants.addAll(sometimes);
            }
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
        for (Variant variant : millis.keySet()) {
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
