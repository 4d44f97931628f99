package io.maintenanceagent.tests.policy;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Namespace;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The application in {@code src/policy-app}, whose servlets say who they are, on a server with the agent, and the two
 * files that the agent watches.
 */
final class PolicyShop implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Map<Namespace, Path> WARS = new EnumMap<>(Namespace.class);

    private final ServerProcess server;
    private final StateFile state;
    private final StateFile policy;
    private int marker;

    private PolicyShop(ServerProcess server, StateFile state, StateFile policy) {
        this.server = server;
        this.state = state;
        this.policy = policy;
    }

    static PolicyShop open(Cell cell) {
        Path files = Project.newDirectory("policy");
        StateFile state = new StateFile(files.resolve("maintenance.mode"));
        StateFile policy = new StateFile(files.resolve("policy.json"));
        policy.write("{}");
        String launcher =
                switch (cell.server()) {
                    case TOMCAT_9, TOMCAT_11 -> "TomcatLauncher";
                    case JETTY_12 -> "JettyLauncher";
                    case UNDERTOW_2 -> "UndertowLauncher";
                };
        ServerProcess server = ServerProcess.start(
                cell,
                command -> command.agent("file=" + state.path() + ",policy=" + policy.path())
                        .main(launcher, war(cell.server()).toString(), ServerProcess.CONTEXT));
        return new PolicyShop(server, state, policy);
    }

    private static synchronized Path war(Server server) {
        return WARS.computeIfAbsent(server.namespace(), namespace -> {
            Path war = Project.newDirectory("policy-app");
            copy(Project.sources("policy-app/webapp"), war);
            Sources sources = new Sources(Project.sources("policy-app/java"));
            sources.compile(
                    8,
                    sources.names(),
                    text -> namespace == Namespace.JAVAX ? text : text.replace("javax.servlet", "jakarta.servlet"),
                    server.jars(),
                    war.resolve("WEB-INF/classes"));
            return war;
        });
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maintenance with a policy; single quotation marks count as double ones. Returns when both are enforced. */
    void on(String members) {
        policy(members);
        state.write("on");
        Await.until(LIMIT, () -> "not refused" + server.process().stderr(), () -> get("/closed/x").status() == 503);
    }

    /** A policy and no maintenance. The policy has to force maintenance on for a path, or nobody can tell. */
    void off(String members, String refused) {
        policy(members);
        state.write("off");
        Await.until(LIMIT, () -> "not refused: " + refused, () -> get(refused).status() == 503);
        Await.until(LIMIT, () -> "still on", () -> get("/open/on").status() == 200);
    }

    private void policy(String members) {
        marker++;
        String mark = "'rules': [{'path': '/shop/open/marker-" + marker + "', 'maintenance': 'on'}";
        String text = members.contains("'rules': [") ? members.replace("'rules': [", mark + ", ") : mark + "], " + members;
        policy.replace("{" + text.replace('\'', '"') + "}");
        Request marked = Request.get("/shop/open/marker-" + marker);
        state.write("off");
        Await.until(LIMIT, () -> "not reloaded" + agentLines(), () -> send(Request.get("/shop/open/x")).status() == 200
                && send(marked).status() == 503);
    }

    StateFile state() {
        return state;
    }

    StateFile policyFile() {
        return policy;
    }

    /** A GET of a path within the application. */
    Response get(String path) {
        return send(Request.get("/shop" + path));
    }

    Response send(Request request) {
        return server.http().send(request);
    }

    List<String> agentLines() {
        return server.agentLines();
    }

    @Override
    public void close() {
        server.close();
    }
}
