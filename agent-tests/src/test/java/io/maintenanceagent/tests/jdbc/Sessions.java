package io.maintenanceagent.tests.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The program in {@code src/jdbc}: sessions with databases, which do what they are told. For one thread. */
final class Sessions implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String REFUSED = "failed java.sql.SQLTransientException: in maintenance, ";

    private final StateFile state;
    private final Path policy;
    private final JavaProcess process;
    private final Map<String, Integer> answers = new HashMap<>();

    private Sessions(Path directory, JavaProcess process) {
        this.state = new StateFile(directory.resolve("maintenance.mode"));
        this.policy = directory.resolve("policy.json");
        this.process = process;
        process.awaitStdout("^ready", LIMIT);
    }

    /** Starts it under the agent, with a policy about work. */
    static Sessions start(Collection<Path> jars, String guard, String work, String... options) {
        JavaCommand command = new JavaCommand(Jdk.running(), "jdbc").option(options);
        Path policy = write(command.directory().resolve("policy.json"), "{\"work\": " + work + "}");
        return start(command.agent("guard=" + guard + ",policy=" + policy), jars);
    }

    /** Starts it without. */
    static Sessions startBare(Collection<Path> jars) {
        JavaCommand command = new JavaCommand(Jdk.running(), "jdbc");
        write(command.directory().resolve("policy.json"), "{}");
        return start(command, jars);
    }

    private static Sessions start(JavaCommand command, Collection<Path> jars) {
        List<Path> path = new ArrayList<>(jars);
        path.add(Program.CLASSES);
        return new Sessions(
                command.directory(),
                command.classPath(path)
                        .property(
                                "derby.stream.error.file",
                                command.directory().resolve("derby.log").toString())
                        .main("shop.Sessions")
                        .start());
    }

    private static final class Program {
        static final Path CLASSES = compile();

        private static Path compile() {
            Path classes = Project.newDirectory("jdbc-program");
            Sources sources = new Sources(Project.sources("jdbc"));
            sources.compile(17, sources.names(), text -> text, List.of(), classes);
            return classes;
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    Path policy() {
        return policy;
    }

    /** The state file. */
    Path state() {
        return state.path();
    }

    /** What {@code -Xlog:class+load:file=classes.log} has written. */
    List<String> loaded() {
        try {
            return Files.readAllLines(state.path().resolveSibling("classes.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells a session to do something, and returns what it answers. */
    String tell(String session, String command) {
        int before = answers.merge(session, 1, Integer::sum);
        try {
            process.type(session + " " + command + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until(
                LIMIT,
                () -> "no answer to " + command + process,
                () -> said(session).size() >= before);
        return said(session).get(before - 1).substring(session.length() + 1);
    }

    private List<String> said(String session) {
        return process.stdout().lines().stream()
                .filter(line -> line.startsWith(session + " "))
                .toList();
    }

    /** Tells it, and asserts that it was done. */
    String does(String session, String command) {
        String answer = tell(session, command);
        assertTrue(answer.startsWith("ok"), () -> session + " " + command + ": " + answer);
        return answer;
    }

    /** Tells it, and asserts that it was refused. */
    void isRefused(String session, String command) {
        String answer = tell(session, command);
        assertTrue(answer.startsWith(REFUSED), () -> session + " " + command + ": " + answer);
    }

    /** Changes the state, and waits until the report says that it is enforced. */
    void become(String content, boolean on) {
        state.replace(content);
        awaitReport("\"maintenance\":" + on);
    }

    /** Changes what the policy says about work; holds a little later. */
    void treat(String work) {
        write(policy, "{\"work\": " + work + "}");
    }

    /** Waits for a report with a text in it. */
    String awaitReport(String text) {
        Await.until(LIMIT, () -> "no " + text + " in " + report() + process, () -> report().contains(text));
        return report();
    }

    /** The JVM's report; empty if there is none yet. */
    String report() {
        Path instances = Path.of(state.path() + ".instances");
        try (Stream<Path> files = Files.list(instances)) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".json")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException notYetOrReplaced) {
            return "";
        }
    }

    /** Asserts what the JVM has said on standard error of the agent, without its prefix. */
    void assertSaid(List<String> beginnings) {
        List<String> lines = process.stderr().lines().stream()
                .filter(line -> line.startsWith("maintenance-agent: "))
                .map(line -> line.substring("maintenance-agent: ".length()))
                .toList();
        assertEquals(beginnings.size(), lines.size(), lines::toString);
        for (int i = 0; i < lines.size(); i++) {
            assertTrue(lines.get(i).startsWith(beginnings.get(i)), lines::toString);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
