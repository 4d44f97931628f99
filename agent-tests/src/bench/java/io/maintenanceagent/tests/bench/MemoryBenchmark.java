package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The resident memory of a server that has answered some requests and collected its garbage. With a heap that grows and
 * shrinks, two runs of the same server differ by tens of MiB, whatever the agent does; so the heap has a fixed size and
 * is resident as a whole, and what lives in it is counted by itself.
 */
final class MemoryBenchmark {

    private static final String[] FIXED_HEAP = {"-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch"};
    private static final Pattern USED = Pattern.compile(" total \\d+K, used (\\d+)K");

    private final int pairs;
    private final int requests;

    MemoryBenchmark(boolean quick) {
        pairs = quick ? 1 : 9;
        requests = quick ? 10_000 : 100_000;
    }

    /** Both in MiB. */
    private record Usage(double resident, double liveHeap) {

        Usage minus(Usage other) {
            return new Usage(resident - other.resident, liveHeap - other.liveHeap);
        }
    }

    Report run() throws IOException {
        Report report = new Report("Memory")
                .paragraph("Resident memory (VmRSS, in MiB) of an embedded Tomcat 11 with one servlet, after "
                        + requests + " requests, a full garbage collection and a trim of the native heap,"
                        + " with `" + String.join(" ", FIXED_HEAP) + "`. Medians of " + pairs + " pairs; the"
                        + " differences are those within a pair. The last column is the difference of what lives in the"
                        + " heap, which the resident memory does not show as long as the heap has room for it.")
                .table("JDK", "idle agent", "maintenance-agent", "difference", "min", "max", "live heap, difference");
        Variant idle = Variant.withIdleAgent();
        Variant agent = Variant.withAgent();
        for (Jdk jdk : Jdk.runningAndNewest()) {
            List<Usage> without = new ArrayList<>();
            List<Usage> with = new ArrayList<>();
            List<Usage> differences = new ArrayList<>();
            for (int pair = 0; pair < pairs; pair++) {
                without.add(measure(jdk, idle));
                with.add(measure(jdk, agent));
                differences.add(with.get(pair).minus(without.get(pair)));
                System.out.printf("memory, %s, pair %d: %s, %s%n", jdk, pair + 1, without.get(pair), with.get(pair));
            }
            Statistics difference = statistics(differences, Usage::resident);
            report.row(
                    "%.1f",
                    jdk,
                    statistics(without, Usage::resident).median(),
                    statistics(with, Usage::resident).median(),
                    difference.median(),
                    difference.min(),
                    difference.max(),
                    statistics(differences, Usage::liveHeap).median());
        }
        return report.endTable();
    }

    private static Statistics statistics(List<Usage> usages, Function<Usage, Double> what) {
        return new Statistics(usages.stream().map(what).toList());
    }

    private Usage measure(Jdk jdk, Variant variant) throws IOException {
        try (HelloServer server = HelloServer.start(
                jdk, HelloApplication.PLAIN, command -> variant.setup().accept(command.option(FIXED_HEAP)))) {
            new LoadGenerator(server.http().port(), HelloServer.PATH, 200).run(requests);
            jcmd(jdk, server, "GC.run");
            // What the JVM's compilers have freed; malloc would keep it, more or less of it by chance.
            jcmd(jdk, server, "System.trim_native_heap");
            String kibibytes = Machine.value(Path.of("/proc/" + server.pid() + "/status"), "VmRSS");
            double liveKibibytes = USED.matcher(jcmd(jdk, server, "GC.heap_info"))
                    .results()
                    .mapToLong(generation -> Long.parseLong(generation.group(1)))
                    .sum();
            return new Usage(Long.parseLong(kibibytes.split(" ")[0]) / 1024.0, liveKibibytes / 1024);
        }
    }

    private static String jcmd(Jdk jdk, HelloServer server, String command) throws IOException {
        String jcmd = jdk.home().resolve("bin/jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(server.pid()), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
