package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.HttpConnection;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What the agent's own threads do while nothing happens, and how soon a flip is enforced. */
final class IdleBenchmark {

    /** The agent's threads as the kernel knows them: 15 characters of {@code maintenance-agent}. */
    private static final String THREAD = "maintenance-age";

    private final int settleSeconds;
    private final int idleSeconds;
    private final int flips;

    IdleBenchmark(boolean quick) {
        settleSeconds = quick ? 3 : 30;
        idleSeconds = quick ? 5 : 30;
        flips = quick ? 40 : 400;
    }

    Report run() throws IOException {
        Report report = new Report("Idle, and a flip");
        addIdle(report);
        addFlips(report);
        return report;
    }

    private void addIdle(Report report) throws IOException {
        report.paragraph("Processor time of the agent's threads while the server is idle, over " + idleSeconds
                        + " s and " + settleSeconds + " s after the start, and as a share of one processor.")
                .table("JDK", "state file", "CPU, ms/s", "share, %");
        for (Jdk jdk : Jdk.runningAndNewest()) {
            for (String content : new String[] {null, "off"}) {
                try (HelloServer server = HelloServer.start(
                        jdk, HelloApplication.PLAIN, Variant.withAgent().setup())) {
                    if (content != null) {
                        stateFile(server).write(content);
                    }
                    server.get();
                    double millis = agentMillisPerSecond(server.pid());
                    report.row("%.3f", jdk, content == null ? "none" : "`" + content + "`", millis, millis / 10);
                }
            }
        }
        report.endTable();
    }

    private double agentMillisPerSecond(long pid) throws IOException {
        // Until the JVM has compiled what runs again and again.
        sleepMillis(TimeUnit.SECONDS.toMillis(settleSeconds));
        long start = System.nanoTime();
        long before = agentNanos(pid);
        sleepMillis(TimeUnit.SECONDS.toMillis(idleSeconds));
        long used = agentNanos(pid) - before;
        return used / 1e6 / ((System.nanoTime() - start) / 1e9);
    }

    /** What all threads of that name have used since they started. */
    private static long agentNanos(long pid) throws IOException {
        long nanos = 0;
        boolean found = false;
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).trim().equals(THREAD)) {
                    found = true;
                    nanos += processorNanos(thread);
                }
            }
        }
        if (!found) {
            throw new IOException("process " + pid + " has no thread " + THREAD);
        }
        return nanos;
    }

    /** The first number in the kernel's schedstat: nanoseconds spent on a processor. */
    private static long processorNanos(Path thread) throws IOException {
        return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
    }

    private void addFlips(Report report) throws IOException {
        report.paragraph("Milliseconds from the beginning of the write to the end of the first response that obeys it; "
                        + flips + " flips each, on and off in turn, at random times; one request after the other on "
                        + Jdk.running() + ".")
                .table("the file is", "p50", "p99", "max");
        addFlips(report, "written in place", StateFile::write);
        addFlips(report, "replaced by a rename", StateFile::replace);
        report.endTable();
    }

    private void addFlips(Report report, String name, BiConsumer<StateFile, String> way) throws IOException {
        try (HelloServer server = HelloServer.start(
                Jdk.running(), HelloApplication.PLAIN, Variant.withAgent().setup())) {
            StateFile file = stateFile(server);
            List<Double> millis = new ArrayList<>();
            Random random = new Random(1);
            for (int i = 0; i < flips; i++) {
                // Longer than a poll may take, so that each flip meets the polling anywhere between two polls.
                sleepMillis(50 + random.nextInt(100));
                boolean on = i % 2 == 0;
                long start = System.nanoTime();
                way.accept(file, on ? "on" : "off");
                awaitStatus(server, on ? 503 : 200);
                millis.add((System.nanoTime() - start) / 1e6);
            }
            Statistics statistics = new Statistics(millis);
            report.row("%.1f", name, statistics.median(), statistics.percentile(99), statistics.max());
        }
    }

    /** Asks again and again, each time after a short pause: the server needs a processor to notice the flip. */
    private static void awaitStatus(HelloServer server, int status) throws IOException {
        while (true) {
            try (HttpConnection connection = server.http().connect()) {
                boolean kept = true;
                while (kept) {
                    var response = connection.send(Request.get(HelloServer.PATH));
                    if (response.status() == status) {
                        return;
                    }
                    kept = !response.closes();
                    sleepMillis(1);
                }
            }
        }
    }

    private static StateFile stateFile(HelloServer server) {
        return new StateFile(server.directory().resolve("maintenance.mode"));
    }

    private static void sleepMillis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
