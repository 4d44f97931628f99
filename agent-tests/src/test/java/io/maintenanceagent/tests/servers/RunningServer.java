package io.maintenanceagent.tests.servers;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server that serves the test application. Close it. */
public final class RunningServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(150);
    private static final Pattern MANAGEMENT =
            Pattern.compile("Http management interface listening on http://[^:]+:(\\d+)");
    private static final String READY = "/shop/entries";

    private final Deployment deployment;
    private final ServerCommand command;
    private final ProcessTree processes;
    private final Http http;

    private RunningServer(Deployment deployment, ServerCommand command, Process process) {
        this.deployment = deployment;
        this.command = command;
        this.processes = new ProcessTree(process);
        this.http = new Http(deployment.port());
    }

    /**
     * Starts a server, with the agent or without, and waits until the application answers.
     *
     * @throws AssertionError with the end of its output, if it does not
     */
    public static RunningServer start(MatrixCell cell, boolean agent) {
        return start(cell, Application.SHOP, agent);
    }

    /** The same with another application. */
    static RunningServer start(MatrixCell cell, Application application, boolean agent) {
        try {
            Deployment deployment = Deployment.of(cell, application, agent);
            return start(deployment, cell.row().launch().prepare(cell.distribution(), deployment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with more in the deployment than the test application. */
    static RunningServer start(MatrixCell cell, boolean agent, Consumer<Deployment> more) {
        try {
            Deployment deployment = Deployment.of(cell, Application.SHOP, agent);
            ServerCommand command = cell.row().launch().prepare(cell.distribution(), deployment);
            more.accept(deployment);
            return start(deployment, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunningServer start(Deployment deployment, ServerCommand command) throws IOException {
        Path directory = deployment.directory();
        Process process = command.start(directory, directory.resolve("stdout.log"), directory.resolve("stderr.log"));
        RunningServer server = new RunningServer(deployment, command, process);
        try {
            boolean ended = Await.within(START_LIMIT, () -> server.answers() || !server.processes.isAlive());
            if (!ended || !server.answers()) {
                throw new AssertionError("The application is not served, see " + directory + server.tail());
            }
            return server;
        } catch (Throwable e) {
            server.close();
            throw e;
        }
    }

    /** Kills it, as a machine does that loses its power, and starts it again with all that it had. */
    RunningServer again() {
        processes.kill();
        try {
            return start(deployment, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the beans of its application have written down. */
    List<String> ran() {
        try {
            return Files.exists(deployment.ran()) ? Files.readAllLines(deployment.ran()) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads the agent into the running server. */
    void attachAgent() {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(processes.jvm()));
            try {
                machine.loadAgent(Project.agentJar().toString(), deployment.agentOptions());
            } finally {
                machine.detach();
            }
        } catch (AgentLoadException e) {
            if (!"0".equals(e.getMessage())) { // what Java 8 answers for success, which later clients do not know
                throw new AssertionError("The agent could not be attached", e);
            }
        } catch (IOException | AttachNotSupportedException | AgentInitializationException e) {
            throw new AssertionError("The agent could not be attached", e);
        }
    }

    public Http http() {
        return http;
    }

    /** The server's port for those who manage it, as it has told. */
    Http management() {
        Matcher told = MANAGEMENT.matcher(
                String.join("\n", lines(line -> MANAGEMENT.matcher(line).find())));
        if (!told.find()) {
            throw new AssertionError("The server has told of no management interface");
        }
        return new Http(Integer.parseInt(told.group(1)));
    }

    public StateFile state() {
        return deployment.state();
    }

    StateFile policy() {
        return deployment.policy();
    }

    /** What the server's JVM has last told of itself, beside the state file; empty if it has not. */
    String report() {
        StringBuilder reports = new StringBuilder();
        Path instances = Path.of(state().path() + ".instances");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(instances, "*.json")) {
            for (Path file : files) {
                reports.append(Files.readString(file));
            }
        } catch (IOException notYet) {
            return "";
        }
        return reports.toString();
    }

    /** The lines, in any of the files that the server logs to, that satisfy the condition. */
    public List<String> lines(Predicate<String> condition) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(deployment.directory())) {
            for (Path log : files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                Files.readString(log, StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(condition)
                        .map(line -> log.getFileName() + ": " + line)
                        .forEach(found::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    @Override
    public void close() {
        processes.end();
    }

    private boolean answers() {
        try {
            return http.get(READY).status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private String tail() {
        List<String> all = lines(line -> !line.isBlank());
        return "\n" + String.join("\n", all.subList(Math.max(0, all.size() - 60), all.size()));
    }
}
