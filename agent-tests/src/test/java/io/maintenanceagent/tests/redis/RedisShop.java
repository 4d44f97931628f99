package io.maintenanceagent.tests.redis;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The test application on a server whose agent follows a store. */
final class RedisShop implements AutoCloseable {

    static final Request PROBE = Request.get("/shop/static.txt");

    /** A flip takes half a second, and one behind an outage up to five seconds more; this is for busy machines. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final ServerProcess server;

    private RedisShop(ServerProcess server) {
        this.server = server;
    }

    static RedisShop open(String store) {
        return open(store, command -> {});
    }

    /** The same with more options for the JVM. */
    static RedisShop open(String store, Consumer<JavaCommand> setup) {
        return new RedisShop(ServerProcess.start(Cell.any(), command -> {
            command.agent("store=" + store);
            setup.accept(command);
        }));
    }

    Response ask() {
        return server.http().send(PROBE);
    }

    boolean refuses() {
        return Refusal.refuses(ask());
    }

    void awaitRefusing() {
        Await.until(LIMIT, () -> "still serves" + server.process(), this::refuses);
    }

    void awaitServing() {
        Await.until(LIMIT, () -> "still refuses" + server.process(), () -> !refuses());
    }

    ServerProcess server() {
        return server;
    }

    /** The agent's lines on standard error. */
    List<String> lines() {
        return server.agentLines();
    }

    /** Waits for a line behind the first ones, which has to be the only one, and to contain the text. */
    void awaitOnlyLine(int before, String text) {
        Await.until(LIMIT, () -> "nothing said" + server.process(), () -> lines().size() > before);
        List<String> said = lines().subList(before, lines().size());
        if (said.size() > 1 || !said.get(0).contains(text)) {
            throw new AssertionError("not only \"" + text + "\" but " + said);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
