package io.maintenanceagent.tests.browser;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.time.Duration;

/** The test application with the agent, and the switch. Close it. */
final class Site implements AutoCloseable {

    private static final Duration FLIP_LIMIT = Duration.ofSeconds(20);

    private final StateFile state;
    private final ServerProcess server;

    private Site(StateFile state, ServerProcess server) {
        this.state = state;
        this.server = server;
    }

    /** Starts in a state, without a policy. */
    static Site start(String state) {
        return start(state, null);
    }

    /** Starts in a state, with a policy file or {@code null}. */
    static Site start(String state, Path policy) {
        return start(Cell.any(), state, policy);
    }

    /** The same on a server and a JDK. */
    static Site start(Cell cell, String state, Path policy) {
        StateFile file = new StateFile(Project.newDirectory("state").resolve("maintenance.mode"));
        file.write(state);
        ServerProcess server = ServerProcess.start(
                cell, command -> command.agent("file=" + file.path() + (policy == null ? "" : ",policy=" + policy)));
        return new Site(file, server);
    }

    String url(String path) {
        return "http://localhost:" + server.http().port() + path;
    }

    Path stateFile() {
        return state.path();
    }

    ServerProcess server() {
        return server;
    }

    int status() {
        return server.http().send(Request.get("/shop/entries")).status();
    }

    /** How often the application's code was entered. */
    int entries() {
        return Integer.parseInt(server.http().send(Request.get("/shop/entries")).text());
    }

    void flip(String content) {
        int expected = content.equals("off") ? 200 : 503;
        state.replace(content);
        Await.until(FLIP_LIMIT, () -> "not flipped", () -> status() == expected);
    }

    @Override
    public void close() {
        server.close();
    }
}
