package io.maintenanceagent.tests.redis;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Many instances in one process that follow a key, and the time until all of them enforce a flip. */
public final class Fleet implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final AtomicInteger FLIPS = new AtomicInteger();

    private final JavaProcess process;

    private Fleet(JavaProcess process) {
        this.process = process;
    }

    /**
     * Starts a fleet and waits until all of it knows that there is no key yet.
     *
     * @param ttlMillis how long a report is listed, in milliseconds; each instance reports three times as often
     */
    public static Fleet start(String uri, int instances, long ttlMillis) {
        Path classes = Project.newDirectory("stores");
        new Sources(Project.sources("stores"))
                .compile(17, List.of("Fleet.java"), text -> text, List.of(Project.agentJar()), classes);
        JavaProcess process = new JavaCommand(Jdk.running(), "fleet")
                .option("-Xmx512m", "-XX:+UseSerialGC")
                .classPath(List.of(Project.agentJar(), classes))
                .main("Fleet", uri, "" + instances, "" + ttlMillis)
                .start();
        process.awaitStdout("^ALL none ", LIMIT);
        return new Fleet(process);
    }

    /**
     * Writes a new state and waits until the last instance has it.
     *
     * @param writer takes the content and writes it
     * @return the milliseconds from the beginning of the write to the last instance
     */
    public double flip(Consumer<String> writer) {
        String message = "flip-" + FLIPS.incrementAndGet();
        long start = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        writer.accept(state(message));
        long end = Long.parseLong(
                process.awaitStdout("^ALL " + message + " (\\d+)$", LIMIT).group(1));
        return (end - start) / 1000.0;
    }

    /** The instances that had a state, and then none or an older one, or one that they should never have. */
    public List<String> losses() {
        return process.stdout().lines(line -> line.matches("(LOST|BACK|NEVER) .*"));
    }

    /** A state that no instance may ever have. */
    public static String neverState() {
        return state("never-" + FLIPS.incrementAndGet());
    }

    private static String state(String message) {
        return "{\"enabled\":true,\"message\":\"" + message + "\"}";
    }

    public long pid() {
        return process.pid();
    }

    /** Processor time that the whole fleet has used so far. */
    public double processorSeconds() {
        return ProcessHandle.of(process.pid())
                        .flatMap(handle -> handle.info().totalCpuDuration())
                        .orElseThrow()
                        .toMillis()
                / 1000.0;
    }

    @Override
    public void close() {
        process.close();
    }
}
