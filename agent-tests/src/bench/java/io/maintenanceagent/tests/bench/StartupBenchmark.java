package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Jdk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The processor time that a server uses until it has answered its first request, against the same server with an agent
 * that does nothing. Each round starts all of them, one after the other; what counts is the ratio within a round.
 */
final class StartupBenchmark {

    private final int rounds;

    StartupBenchmark(boolean quick) {
        rounds = quick ? 2 : 11;
    }

    Report run() {
        Report report = new Report("Start-up")
                .paragraph("Processor time (user and system, of the whole process) of an embedded Tomcat 11 with one"
                        + " servlet until it has answered its first request; the median of " + rounds
                        + " rounds, and the median, least and largest ratio to the idle agent of the same round.")
                .table("JDK", "agent", "CPU, ms", "ratio", "min", "max");
        List<Variant> variants = List.of(Variant.withIdleAgent(), Variant.withAgent(), Variant.withOpenTelemetry());
        for (Jdk jdk : Jdk.runningAndNewest()) {
            measure(jdk, variants, report);
        }
        return report.endTable();
    }

    private void measure(Jdk jdk, List<Variant> variants, Report report) {
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
    private static double untilFirstResponse(Jdk jdk, Variant variant) {
        try (HelloServer server = HelloServer.start(jdk, HelloApplication.PLAIN, variant.setup())) {
            int status = server.get().status();
            double used = server.processorTime().toMillis();
            if (status != 200) {
                throw new IllegalStateException(variant.name() + ": the first response is a " + status);
            }
            return used;
        }
    }
}
