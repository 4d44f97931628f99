package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.bench.ThroughputBenchmark.Subject;
import io.maintenanceagent.tests.harness.Jdk;

/** The same of Reactor Netty and Vert.x, while maintenance is off: more pairs of JVMs, each for a shorter time. */
final class EventLoopsBenchmark {

    private static final int PAIRS = 21;
    private static final int TURNS = 12;

    private final int pairs;

    EventLoopsBenchmark(boolean quick) {
        pairs = quick ? 1 : PAIRS;
    }

    Report run() {
        Report report = new Report("Event loops")
                .paragraph("By `-Pbenchmarks -Dbench=eventloops`: Reactor Netty 1.2 and Vert.x 4.5 say hello, over"
                        + " loopback, two connections at a time, client and server on the same processors; "
                        + Jdk.running()
                        + ". Medians of " + pairs
                        + " pairs of new JVMs, which are asked in turn after as many requests"
                        + " to warm up; the ratios are medians of those within a pair, and the smallest"
                        + " and largest.")
                .table("server", "requests/s", "CPU, µs/request", "requests/s, ratio", "min", "max", "CPU, ratio");
        ThroughputBenchmark benchmark = new ThroughputBenchmark(pairs, TURNS);
        for (HelloServer.EventLoop kind : HelloServer.EventLoop.values()) {
            benchmark.compare(
                    Subject.on(kind, kind + ", no agent", Variant.withoutAgent()),
                    Subject.on(kind, kind + ", agent, off", Variant.withAgent()),
                    report);
        }
        return report.endTable();
    }
}
