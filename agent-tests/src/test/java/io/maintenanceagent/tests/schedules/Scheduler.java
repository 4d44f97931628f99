package io.maintenanceagent.tests.schedules;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A JVM with a scheduler whose jobs print {@code ran NAME MILLIS}: what they are, and when they were due or ran. */
final class Scheduler implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final JavaProcess process;
    private final Path directory;
    private final StateFile state;

    private Scheduler(JavaProcess process, Path directory, StateFile state) {
        this.process = process;
        this.directory = directory;
        this.state = state;
    }

    /**
     * Compiles a program of {@code src/schedules} against jars of {@code target/servers} and starts it, off.
     *
     * @param options further options of the agent, or none
     */
    static Scheduler start(String program, String jars, String options, String... arguments) {
        return start(Jdk.running(), program, jars, options, arguments);
    }

    /** The same on a JDK; {@code jars} are names of several directories, with a {@code +} between them. */
    static Scheduler start(Jdk jdk, String program, String jars, String options, String... arguments) {
        JavaCommand command = command(jdk, program, jars, arguments);
        command.agent("file=m.mode,guard=schedules" + options);
        return started(command);
    }

    /** The same without the agent, which may be attached later. */
    static Scheduler startBare(String program, String jars, String... arguments) {
        return started(command(Jdk.running(), program, jars, arguments));
    }

    private static JavaCommand command(Jdk jdk, String program, String jars, String... arguments) {
        Path classes = Project.newDirectory("schedules");
        List<Path> classPath = new ArrayList<>();
        for (String name : jars.split("\\+")) {
            classPath.addAll(Project.serverJars(name));
        }
        new Sources(Project.sources("schedules"))
                .compile(8, List.of(program + ".java"), text -> forVersion(text, jars), classPath, classes);
        JavaCommand command = new JavaCommand(jdk, program);
        classPath.add(classes);
        if (jars.matches("spring-[34].*")) {
            command.option("--add-opens=java.base/java.lang=ALL-UNNAMED"); // for classes that they generate
        }
        return command.classPath(classPath).main(program, arguments);
    }

    private static Scheduler started(JavaCommand command) {
        StateFile state = new StateFile(command.directory().resolve("m.mode"));
        state.write("off");
        Scheduler scheduler = new Scheduler(command.start(), command.directory(), state);
        scheduler.await("started");
        return scheduler;
    }

    /** The program, which is written for old versions, for a new one. */
    private static String forVersion(String source, String jars) {
        return jars.matches("spring-[67].*")
                ? source.replace("Date at(", "java.time.Instant at(")
                        .replace(
                                "new Date(System.currentTimeMillis() + millis)",
                                "java.time.Instant.now().plusMillis(millis)")
                : source;
    }

    long pid() {
        return process.pid();
    }

    /** The state file. */
    Path state() {
        return state.path();
    }

    /** Changes the state. */
    void become(String word) {
        state.replace(word);
    }

    /** Waits until the instance reports that it is in maintenance, and waits for what was begun. */
    void awaitDraining() {
        Await.until(PATIENCE, this::toString, () -> report().contains("\"maintenance\":true"));
        if (!report().contains("\"drained\":false")) {
            throw new AssertionError("drained at once: " + this);
        }
    }

    /** Waits until the instance reports that all that was begun has ended. */
    void awaitDrained() {
        Await.until(PATIENCE, this::toString, () -> report().contains("\"drained\":true"));
    }

    /** What the instance reports. */
    String report() {
        Path reports = directory.resolve("m.mode.instances");
        if (!Files.isDirectory(reports)) {
            return "";
        }
        try (Stream<Path> files = Files.list(reports)) {
            Path one = files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElse(null);
            return one == null ? "" : Files.readString(one);
        } catch (IOException exchanged) {
            return "";
        }
    }

    void command(String line) {
        try {
            process.type(line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void await(String line) {
        Await.until(PATIENCE, this::toString, () -> lines().contains(line));
    }

    List<String> lines() {
        return process.stdout().lines();
    }

    /** The names of the jobs that have run. */
    List<String> ran() {
        return lines().stream()
                .filter(line -> line.startsWith("ran "))
                .map(line -> line.split(" ")[1])
                .toList();
    }

    /** How often a job has run. */
    long count(String name) {
        return ran().stream().filter(name::equals).count();
    }

    /** The times that a job has printed. */
    List<Long> times(String name) {
        return lines().stream()
                .filter(line -> line.startsWith("ran " + name + " "))
                .map(line -> Long.parseLong(line.split(" ")[2]))
                .toList();
    }

    /** Waits until a job has run so many times more. */
    void awaitRuns(String name, int more) {
        long before = count(name);
        Await.until(PATIENCE, this::toString, () -> count(name) >= before + more);
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return process + "\n" + report();
    }
}
