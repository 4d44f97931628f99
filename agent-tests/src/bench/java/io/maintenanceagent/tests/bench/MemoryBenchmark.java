package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The resident memory of a server that has answered some requests and collected its garbage. */
final class MemoryBenchmark {

    private final int pairs;
    private final Duration load;

    MemoryBenchmark(boolean quick) {
        pairs = quick ? 1 : 9;
        load = Duration.ofSeconds(quick ? 1 : 5);
    }

    Report run() throws IOException {
        Report report = new Report("Memory")
                .paragraph("Resident memory (VmRSS, in MiB) of an embedded Tomcat 11 with one servlet, after "
                        + load.toSeconds() + " s of requests and a full garbage collection. Medians of " + pairs
                        + " pairs; the last three columns are the differences within a pair. The heap has a fixed size"
                        + " and is resident as a whole, so that the differences are those of everything else.")
                .table("JDK", "idle agent", "maintenance-agent", "difference", "min", "max");
        Variant idle = Variant.withIdleAgent();
        Variant agent = Variant.withAgent();
        for (Jdk jdk : Jdk.runningAndNewest()) {
            List<Double> idles = new ArrayList<>();
            List<Double> agents = new ArrayList<>();
            List<Double> differences = new ArrayList<>();
            for (int pair = 1; pair <= pairs; pair++) {
                double without = resident(jdk, idle);
                double with = resident(jdk, agent);
                System.out.printf("memory, %s, pair %d: %.1f MiB, %.1f MiB%n", jdk, pair, without, with);
                idles.add(without);
                agents.add(with);
                differences.add(with - without);
            }
            Statistics difference = new Statistics(differences);
            report.row(
                    "%.1f",
                    jdk,
                    new Statistics(idles).median(),
                    new Statistics(agents).median(),
                    difference.median(),
                    difference.min(),
                    difference.max());
        }
        return report.endTable();
    }

    /** In MiB. */
    private double resident(Jdk jdk, Variant variant) throws IOException {
        try (HelloServer server = HelloServer.start(jdk, HelloApplication.PLAIN, variant.setup())) {
            new LoadGenerator(server.http().port(), HelloServer.PATH, 200).run(load);
            collectGarbage(jdk, server.pid());
            String kibibytes = Machine.value(Path.of("/proc/" + server.pid() + "/status"), "VmRSS");
            return Long.parseLong(kibibytes.split(" ")[0]) / 1024.0;
        }
    }

    private static void collectGarbage(Jdk jdk, long pid) throws IOException {
        String jcmd = jdk.home().resolve("bin/jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.run")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!output.contains("successfully")) {
            throw new IOException("jcmd says: " + output);
        }
    }
}
