package io.maintenanceagent.tests.stores;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The test application on a server whose agent follows a store. */
final class StoreShop implements AutoCloseable {

    /** For busy machines. */
    static final Duration LIMIT = Duration.ofSeconds(40);

    private static final Request PROBE = Request.get("/shop/static.txt");

    private final ServerProcess server;
    private final Path audit;

    private StoreShop(ServerProcess server, Path audit) {
        this.server = server;
        this.audit = audit;
    }

    static StoreShop open(String store, Path directory) {
        Path audit = directory.resolve("audit.log");
        return new StoreShop(
                ServerProcess.start(
                        Cell.any(), command -> command.agent("app=shop,audit=" + audit + ",store=" + store)),
                audit);
    }

    /** One that has its settings from environment variables. */
    static StoreShop openByEnvironment(String store, Path audit) {
        return new StoreShop(
                ServerProcess.start(
                        Cell.any(),
                        command -> command.agent("app=shop,audit=" + audit).environment("MAINTENANCE_STORE", store)),
                audit);
    }

    /** Runs a command until it is done: on a busy machine a server may not answer in time. */
    static Cli.Outcome done(Cli cli, String... arguments) {
        List<Cli.Outcome> outcomes = new ArrayList<>();
        Await.until(LIMIT, outcomes::toString, () -> {
            outcomes.add(cli.run(arguments));
            return outcomes.get(outcomes.size() - 1).code() == 0;
        });
        return outcomes.get(outcomes.size() - 1);
    }

    boolean refuses() {
        return Refusal.refuses(server.http().send(PROBE));
    }

    void awaitRefusing() {
        Await.until(LIMIT, () -> "still serves" + server.process(), this::refuses);
    }

    void awaitServing() {
        Await.until(LIMIT, () -> "still refuses" + server.process(), () -> !refuses());
    }

    /** The agent's lines on standard error. */
    List<String> lines() {
        return server.agentLines();
    }

    void awaitLine(String text) {
        Await.until(
                LIMIT,
                () -> "not said: " + text + server.process(),
                () -> String.join("\n", lines()).contains(text));
    }

    ServerProcess server() {
        return server;
    }

    Path audit() {
        return audit;
    }

    long pid() {
        return server.process().pid();
    }

    @Override
    public void close() {
        server.close();
    }
}
