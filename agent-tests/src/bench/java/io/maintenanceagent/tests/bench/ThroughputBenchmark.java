package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Requests per second, and the server's processor time for each. Two comparisons: the agent while maintenance is off
 * with no agent at all, and the agent's refusals with those of a hand-written filter that sends the same bytes.
 *
 * <p>The two servers of a pair run side by side and are asked in turn, for a fraction of a second each: whatever else
 * the machine does, it does to both.
 *
 * <p>System properties: {@code bench.pairs}, how many pairs; {@code bench.off}, the first of the comparisons alone.
 */
final class ThroughputBenchmark {

    /** How often each server of a pair has its turn. */
    private static final int TURNS = 40;

    /** Requests a turn; as many as in all turns warm a server up. By number and not by time: both compile the same. */
    private static final int PASSED = 3_000;

    private static final int REFUSED = 1_000;

    private final int pairs;
    private final int turns;

    ThroughputBenchmark(boolean quick) {
        this(Integer.getInteger("bench.pairs", quick ? 1 : 10), quick ? TURNS / 10 : TURNS);
    }

    /**
     * @param pairs how many pairs of servers there are
     * @param turns how often each server of a pair has its turn
     */
    ThroughputBenchmark(int pairs, int turns) {
        this.pairs = pairs;
        this.turns = turns;
    }

    /** One server, what it answers, and how many requests it is sent in its turn. */
    record Subject(String name, Supplier<HelloServer> server, int status, int requests) {

        static Subject onTomcat(String name, HelloApplication application, Variant variant, int status, int requests) {
            return new Subject(
                    name, () -> HelloServer.start(Jdk.running(), application, variant.setup()), status, requests);
        }

        /** One without servlets, on an event loop. */
        static Subject on(HelloServer.EventLoop kind, String name, Variant variant) {
            return new Subject(name, () -> HelloServer.start(Jdk.running(), kind, variant.setup()), 200, PASSED);
        }
    }

    /** Requests per second, and microseconds of the server's processor time a request. */
    private record Result(double rate, double microseconds) {}

    Report run() {
        Report report = new Report("Throughput")
                .paragraph("An embedded Tomcat 11 with one servlet, Reactor Netty and Vert.x, over loopback, two "
                        + "connections at a time, client"
                        + " and server on the same processors; " + Jdk.running()
                        + ". Tomcat keeps connections after a"
                        + " 200 and closes them after a 503, whoever sends it. Medians of " + pairs
                        + " pairs of new"
                        + " JVMs, which are asked in turn after as many requests to warm up; the ratios "
                        + "are medians of"
                        + " those within a pair.")
                .table("server", "requests/s", "CPU, µs/request", "requests/s, ratio", "min", "max", "CPU, ratio");
        compare(
                Subject.onTomcat("no agent", HelloApplication.PLAIN, Variant.withoutAgent(), 200, PASSED),
                Subject.onTomcat("agent, off", HelloApplication.PLAIN, Variant.withAgent(), 200, PASSED),
                report);
        if (Boolean.getBoolean("bench.off")) {
            return report.endTable();
        }
        compare(
                Subject.onTomcat("filter: 503", HelloApplication.FILTER, Variant.withoutAgent(), 503, REFUSED),
                Subject.onTomcat("agent, on: 503", HelloApplication.PLAIN, Variant.inMaintenance(), 503, REFUSED),
                report);
        return report.endTable();
    }

    void compare(Subject base, Subject subject, Report report) {
        List<Result> bases = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (int pair = 1; pair <= pairs; pair++) {
            try (Measured one = new Measured(base);
                    Measured other = new Measured(subject)) {
                requireSameResponse(one, other);
                one.warmUp(turns);
                other.warmUp(turns);
                for (int turn = 0; turn < turns; turn++) {
                    (turn % 2 == 0 ? one : other).takeTurn();
                    (turn % 2 == 0 ? other : one).takeTurn();
                }
                bases.add(one.result());
                results.add(other.result());
                System.out.printf(
                        "throughput, pair %d: %s %s, %s %s%n",
                        pair, base.name, bases.get(pair - 1), subject.name, results.get(pair - 1));
            }
        }
        addRows(report, base.name, bases, subject.name, results);
    }

    /** A running server and what it has been measured to do so far. */
    private static final class Measured implements AutoCloseable {
        private final Subject subject;
        private final HelloServer server;
        private final LoadGenerator generator;
        private Duration idle;
        private double seconds;
        private long requests;

        Measured(Subject subject) {
            this.subject = subject;
            this.server = subject.server.get();
            this.generator = new LoadGenerator(server.http().port(), HelloServer.PATH, subject.status);
        }

        void warmUp(int turns) {
            generator.run(turns * subject.requests);
            idle = server.processorTime();
        }

        void takeTurn() {
            seconds += generator.run(subject.requests);
            requests += subject.requests;
        }

        Result result() {
            Duration used = server.processorTime().minus(idle);
            return new Result(requests / seconds, used.toNanos() / 1e3 / requests);
        }

        /** All that is sent, but the date. */
        String response() {
            Response response = server.get();
            List<String> headers = response.headers().stream()
                    .filter(header -> !header.name().equals("Date"))
                    .map(header -> header.name() + ": " + header.value())
                    .sorted()
                    .toList();
            return response.status() + " " + headers + " " + response.text();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** The comparison would mean nothing if one of the two said more, or less, than the other. */
    private static void requireSameResponse(Measured one, Measured other) {
        String first = one.response();
        String second = other.response();
        if (!first.equals(second)) {
            throw new IllegalStateException("\"" + one.subject.name + "\" answers\n" + first + "\nbut \""
                    + other.subject.name + "\" answers\n" + second);
        }
    }

    private static void addRows(Report report, String baseName, List<Result> bases, String name, List<Result> results) {
        List<Double> rates = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < bases.size(); i++) {
            rates.add(results.get(i).rate / bases.get(i).rate);
            times.add(results.get(i).microseconds / bases.get(i).microseconds);
        }
        Statistics rate = new Statistics(rates);
        report.row("%.3f", baseName, rate(bases), microseconds(bases), 1.0, 1.0, 1.0, 1.0);
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
        return median(results, Result::rate, "%.0f");
    }

    private static String microseconds(List<Result> results) {
        return median(results, Result::microseconds, "%.1f");
    }

    private static String median(List<Result> results, Function<Result, Double> what, String format) {
        double median = new Statistics(results.stream().map(what).toList()).median();
        return String.format(Locale.ROOT, format, median);
    }
}
