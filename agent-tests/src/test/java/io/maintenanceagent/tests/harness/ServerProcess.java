package io.maintenanceagent.tests.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A running server with the test application below {@value #CONTEXT}. Close it. */
public final class ServerProcess implements AutoCloseable {

    /** The context path. */
    public static final String CONTEXT = "/shop";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final JavaProcess process;
    private final Path directory;
    private final Http http;

    private ServerProcess(JavaProcess process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.http = new Http(port);
    }

    /**
     * Starts a server in a working directory of its own and waits until it listens.
     *
     * @param setup adds the agent, properties and so on
     * @throws AssertionError with all output, if it does not start within a minute
     */
    public static ServerProcess start(Cell cell, Consumer<JavaCommand> setup) {
        return start(cell, TestApplication.APPLICATION, setup);
    }

    /** The same with another application. */
    public static ServerProcess start(Cell cell, WebApplication application, Consumer<JavaCommand> setup) {
        Server server = cell.server();
        List<Path> classPath = new ArrayList<>(List.of(server.launcherClasses()));
        classPath.addAll(server.jars());
        JavaCommand command = new JavaCommand(
                        cell.jdk(), server + "-jdk" + cell.jdk().feature())
                // Short-lived processes on few processors: start-up is what they cost.
                .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")
                .classPath(classPath)
                .main(
                        server.launcher(),
                        application.exploded(server.namespace()).toString(),
                        CONTEXT);
        setup.accept(command);
        return start(command);
    }

    /** The same for any command that says where it listens, as launchers do. */
    public static ServerProcess start(JavaCommand command) {
        JavaProcess process = command.start();
        try {
            int port = Integer.parseInt(
                    process.awaitStdout("^READY port=(\\d+)$", START_LIMIT).group(1));
            return new ServerProcess(process, command.directory(), port);
        } catch (Throwable e) {
            process.close();
            throw e;
        }
    }

    public JavaProcess process() {
        return process;
    }

    /** The working directory. */
    public Path directory() {
        return directory;
    }

    /** A client for this server. Paths are the whole ones, with the context path. */
    public Http http() {
        return http;
    }

    /** Everything that the agent has said on standard error. */
    public List<String> agentLines() {
        return process.stderr().lines(line -> line.startsWith("maintenance-agent"));
    }

    @Override
    public void close() {
        process.close();
    }
}
