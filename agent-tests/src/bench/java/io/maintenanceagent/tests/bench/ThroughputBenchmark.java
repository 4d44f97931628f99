package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.bench.LoadGenerator.Load;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Requests per second, and the server's processor time for each. Two comparisons: the agent while maintenance is off
 * with no agent at all, and the agent's refusals with those of a hand-written filter that sends the same bytes.
 */
final class ThroughputBenchmark {

    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final Duration FULL = Duration.ofSeconds(4);

    private final int rounds;
    private final Duration time;

    ThroughputBenchmark(boolean quick) {
        rounds = quick ? 1 : 10;
        time = quick ? QUICK : FULL;
    }

    /** One server, and what it answers. */
    private record Subject(String name, HelloApplication application, Variant variant, int status) {}

    /** Requests per second, and microseconds of the server's processor time a request. */
    private record Result(double rate, double microseconds) {}

    Report run() {
        Subject bare = new Subject("no agent", HelloApplication.PLAIN, Variant.withoutAgent(), 200);
        Subject off = new Subject("agent, off", HelloApplication.PLAIN, Variant.withAgent(), 200);
        Subject filter = new Subject("filter: 503", HelloApplication.FILTER, Variant.withoutAgent(), 503);
        Subject on = new Subject("agent, on: 503", HelloApplication.PLAIN, Variant.inMaintenance(), 503);
        requireSameResponse(bare, off);
        requireSameResponse(filter, on);

        Map<Subject, List<Result>> results = new HashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Subject subject : List.of(bare, off, filter, on)) {
                Result result = measure(subject);
                System.out.printf(
                        "throughput, round %d, %s: %.0f/s, %.1f µs%n",
                        round, subject.name, result.rate, result.microseconds);
                results.computeIfAbsent(subject, s -> new ArrayList<>()).add(result);
            }
        }

        Report report = new Report("Throughput")
                .paragraph(
                        "An embedded Tomcat 11 with one servlet, over loopback, two connections at a time, client and"
                                + " server on the same processors; " + Jdk.running()
                                + ". Tomcat keeps connections after a 200 and"
                                + " closes them after a 503, whoever sends it. Medians of " + rounds
                                + " rounds, each with a new JVM and " + time.toSeconds() + " s of warm-up before "
                                + time.toSeconds() + " s of measuring; the ratios are medians of those within a round.")
                .table("server", "requests/s", "CPU, µs/request", "requests/s, ratio", "min", "max", "CPU, ratio");
        addRows(report, results.get(bare), bare.name, results.get(off), off.name);
        addRows(report, results.get(filter), filter.name, results.get(on), on.name);
        return report.endTable();
    }

    private Result measure(Subject subject) {
        try (HelloServer server = start(subject)) {
            LoadGenerator generator = new LoadGenerator(server.http().port(), HelloServer.PATH, subject.status);
            generator.run(time);
            Duration before = server.processorTime();
            Load load = generator.run(time);
            Duration used = server.processorTime().minus(before);
            return new Result(load.requests() / load.seconds(), used.toNanos() / 1e3 / load.requests());
        }
    }

    private static HelloServer start(Subject subject) {
        return HelloServer.start(Jdk.running(), subject.application, subject.variant.setup());
    }

    private static void addRows(Report report, List<Result> base, String baseName, List<Result> results, String name) {
        List<Double> rates = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < base.size(); i++) {
            rates.add(results.get(i).rate / base.get(i).rate);
            times.add(results.get(i).microseconds / base.get(i).microseconds);
        }
        Statistics rate = new Statistics(rates);
        report.row("%.3f", baseName, rate(base), microseconds(base), "1", "", "", "1");
        report.row(
                "%.3f",
                name,
                rate(results),
                microseconds(results),
                rate.median(),
                rate.min(),
                rate.max(),
                new Statistics(times).median());
    }

    private static String rate(List<Result> results) {
        return "%.0f"
                .formatted(new Statistics(results.stream().map(Result::rate).toList()).median());
    }

    private static String microseconds(List<Result> results) {
        return "%.1f"
                .formatted(new Statistics(
                                results.stream().map(Result::microseconds).toList())
                        .median());
    }

    /** The comparison would mean nothing if one of the two said more, or less, than the other. */
    private static void requireSameResponse(Subject one, Subject other) {
        String first = response(one);
        String second = response(other);
        if (!first.equals(second)) {
            throw new IllegalStateException(
                    "\"" + one.name + "\" answers\n" + first + "\nbut \"" + other.name + "\" answers\n" + second);
        }
    }

    private static String response(Subject subject) {
        try (HelloServer server = start(subject)) {
            Response response = server.get();
            List<String> headers = response.headers().stream()
                    .filter(header -> !header.name().equals("Date"))
                    .map(header -> header.name() + ": " + header.value())
                    .sorted()
                    .toList();
            return response.status() + " " + headers + " " + response.text();
        }
    }
}
