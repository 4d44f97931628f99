package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What the agent costs: each method measures one thing and writes {@code target/benchmarks/NAME.md}. Nothing about a
 * time is asserted. System property {@code bench.quick}: whether everything is there and runs, the numbers mean little.
 */
final class Benchmarks {

    private final boolean quick = Boolean.getBoolean("bench.quick");

    @Test
    void startup() throws IOException {
        write("startup", new StartupBenchmark(quick).run());
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
    void throughput() throws IOException {
        write("throughput", new ThroughputBenchmark(quick).run());
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
    void fleet() throws IOException {
        write("fleet", new FleetBenchmark(quick).run());
    }

    @Test
    void decision() throws Exception {
        write("decision", new DecisionBenchmark(quick).run());
    }

    private void write(String name, Report report) throws IOException {
        Path file = Project.target().resolve("benchmarks").resolve(name + ".md");
        report.write(file, quick);
        System.out.println("\n" + report + "\nWritten to " + file);
    }
}
