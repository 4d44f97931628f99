package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What the agent costs: each method measures one thing and writes {@code target/benchmarks/NAME.md}, and its part of
 * {@code docs/performance.md}, if that has one between {@code <!-- NAME -->} and {@code <!-- end of NAME -->}. Nothing
 * about a time is asserted. System property {@code bench.quick}: whether everything is there and runs, the numbers mean
 * little.
 */
final class Benchmarks {

    private final boolean quick = Boolean.getBoolean("bench.quick");

    @Test
    void startup() throws IOException {
        write("startup", StartupBenchmark.ofTomcat(quick).run());
    }

    @Test
    void startupWeb() throws IOException {
        write("startup-web", StartupBenchmark.ofWeb(quick).run());
    }

    @Test
    void startupSecurity() throws IOException {
        write("startup-security", StartupBenchmark.ofSecurity(quick).run());
    }

    @Test
    void hook() throws Exception {
        write("hook", new HookBenchmark(quick).run());
    }

    @Test
    void jdbc() throws Exception {
        write("jdbc", new JdbcBenchmark(quick).run());
    }

    @Test
    void work() throws Exception {
        write("work", new WorkBenchmark(quick).run());
    }

    @Test
    void jpa() throws IOException {
        write("jpa", StartupBenchmark.ofSpringBoot(quick).run());
    }

    @Test
    void throughput() throws IOException {
        write("throughput", new ThroughputBenchmark(quick).run());
    }

    /** Six to eight minutes. */
    @Test
    void eventloops() throws IOException {
        write("eventloops", new EventLoopsBenchmark(quick).run());
    }

    @Test
    void memory() throws IOException {
        write("memory", new MemoryBenchmark(quick).run());
    }

    @Test
    void idle() throws IOException {
        write("idle", new IdleBenchmark(quick).run());
    }

    @Test
    void decision() throws Exception {
        write("decision", new DecisionBenchmark(quick).run());
    }

    private void write(String name, Report report) throws IOException {
        Path file = Project.target().resolve("benchmarks").resolve(name + ".md");
        report.write(file, quick);
        if (!quick) {
            document(name, Files.readString(file));
        }
        System.out.println("\n" + report + "\nWritten to " + file);
    }

    private static void document(String name, String text) throws IOException {
        Path performance = Project.sources("../docs/performance.md").normalize();
        String all = Files.readString(performance);
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- end of " + name + " -->\n";
        int from = all.indexOf(begin);
        int to = all.indexOf(end);
        if (from >= 0 && to > from) {
            Files.writeString(
                    performance, all.substring(0, from) + begin + "\n" + text.strip() + "\n\n" + all.substring(to));
        }
    }
}
