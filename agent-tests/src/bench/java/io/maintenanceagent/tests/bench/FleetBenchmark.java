package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.redis.AgentStore;
import io.maintenanceagent.tests.redis.Fleet;
import io.maintenanceagent.tests.redis.Redis;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** How soon a flip is enforced everywhere, by many instances that follow one Redis server. */
final class FleetBenchmark {

    private static final String KEY = "state";

    /** As agents do it. */
    private static final long TTL_MILLIS = 15_000;

    private final int[] sizes;
    private final int flips;
    private final long idleMillis;
    private final Random random = new Random(1);

    FleetBenchmark(boolean quick) {
        sizes = quick ? new int[] {10, 20} : new int[] {10, 50, 100, 200};
        flips = quick ? 5 : 100;
        idleMillis = quick ? 1_000 : 10_000;
    }

    Report run() {
        Report report = new Report("A fleet on one Redis server")
                .paragraph("Milliseconds from the beginning of a write to the last of the instances that has the new"
                        + " state; " + flips + " flips each, at random times. All instances (each with its store, two"
                        + " connections and a thread), the server and the writer share this machine. *Plain*: a `SET`"
                        + " by any client, on a server that sends no notifications, so that polling has to find it."
                        + " *Announced*: written as the command line writes. The last two columns: processor time of"
                        + " the server and of the whole fleet while nothing happens, as a share of one processor.")
                .table("instances", "writer", "p50", "p99", "max", "server, %", "fleet, %");
        for (int size : sizes) {
            try (Redis redis = Redis.running();
                    AgentStore store = AgentStore.open(redis.uri(KEY));
                    Fleet fleet = Fleet.start(redis.uri(KEY), size, TTL_MILLIS)) {
                List<Double> plain = flips(fleet, content -> redis.send("SET", KEY, content));
                List<Double> announced = flips(fleet, store::write);
                double server = -redis.processorSeconds();
                double instances = -fleet.processorSeconds();
                sleepMillis(idleMillis);
                server = (server + redis.processorSeconds()) * 100_000 / idleMillis;
                instances = (instances + fleet.processorSeconds()) * 100_000 / idleMillis;
                addRow(report, size, "plain", plain, server, instances);
                addRow(report, size, "announced", announced, server, instances);
            }
        }
        return report.endTable();
    }

    private List<Double> flips(Fleet fleet, Consumer<String> writer) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < flips; i++) {
            sleepMillis(random.nextInt(300));
            millis.add(fleet.flip(writer));
        }
        return millis;
    }

    private static void addRow(
            Report report, int size, String writer, List<Double> millis, double server, double instances) {
        Statistics statistics = new Statistics(millis);
        report.row(
                "%.1f",
                size, writer, statistics.median(), statistics.percentile(99), statistics.max(), server, instances);
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
