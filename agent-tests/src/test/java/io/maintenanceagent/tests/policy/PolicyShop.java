package io.maintenanceagent.tests.policy;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import io.maintenanceagent.tests.harness.WebApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The application in {@code src/policy-app}, whose servlets say who they are, on a server with the agent, and the two
 * files that the agent watches.
 */
final class PolicyShop implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final WebApplication APPLICATION = new WebApplication("policy-app");

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
        ServerProcess server = ServerProcess.start(
                cell, APPLICATION, command -> command.agent("file=" + state.path() + ",policy=" + policy.path()));
        return new PolicyShop(server, state, policy);
    }

    /** Maintenance with a policy; single quotation marks count as double ones. Returns when both are enforced. */
    void on(String members) {
        policy(members);
        state.write("on");
        Await.until(
                LIMIT,
                () -> "not refused" + server.process().stderr(),
                () -> get("/closed/x").status() == 503);
    }

    /**
     * A policy and no maintenance. The policy has to force maintenance on for a path, by which its enforcement is seen.
     */
    void off(String members, String refused) {
        policy(members);
        state.write("off");
        Await.until(LIMIT, () -> "not refused: " + refused, () -> get(refused).status() == 503);
        Await.until(LIMIT, () -> "still on", () -> get("/open/on").status() == 200);
    }

    private void policy(String members) {
        marker++;
        String mark = "'rules': [{'path': '/shop/open/marker-" + marker + "', 'maintenance': 'on'}";
        String text =
                members.contains("'rules': [") ? members.replace("'rules': [", mark + ", ") : mark + "], " + members;
        policy.replace("{" + text.replace('\'', '"') + "}");
        Request marked = Request.get("/shop/open/marker-" + marker);
        state.write("off");
        Await.until(
                LIMIT,
                () -> "not reloaded" + agentLines(),
                () -> send(Request.get("/shop/open/x")).status() == 200
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
