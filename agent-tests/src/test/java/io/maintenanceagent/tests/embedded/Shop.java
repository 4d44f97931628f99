package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.tools.attach.VirtualMachine;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The test application on a server with the agent, and the state file that the agent was told to watch. */
public final class Shop implements AutoCloseable {

    /** Far beyond what a flip takes, for busy machines. */
    public static final Duration FLIP_LIMIT = Duration.ofSeconds(20);

    private final ServerProcess server;
    private final StateFile state;

    private Shop(ServerProcess server, StateFile state) {
        this.server = server;
        this.state = state;
    }

    /** With {@code file=PATH} as the agent's only option. */
    public static Shop open(Cell cell) {
        return open(cell, new StateFile(Project.newDirectory("state").resolve("maintenance.mode")));
    }

    /** The same for a file that is there already. */
    public static Shop open(Cell cell, StateFile state) {
        return new Shop(ServerProcess.start(cell, command -> command.agent("file=" + state.path())), state);
    }

    /** With the agent set up by the test, which gets the path of a state file. */
    public static Shop open(Cell cell, BiConsumer<JavaCommand, Path> setup) {
        StateFile state = new StateFile(Project.newDirectory("state").resolve("maintenance.mode"));
        return new Shop(ServerProcess.start(cell, command -> setup.accept(command, state.path())), state);
    }

    /** With the agent set up by the test, and a state file that need not exist. */
    public static Shop open(Cell cell, Consumer<JavaCommand> setup, StateFile state) {
        return new Shop(ServerProcess.start(cell, setup), state);
    }

    public StateFile state() {
        return state;
    }

    public ServerProcess server() {
        return server;
    }

    /** Attaches the agent, with {@code file=PATH} as its only option. */
    public void attach() {
        try {
            VirtualMachine machine =
                    VirtualMachine.attach(Long.toString(server.process().pid()));
            try {
                machine.loadAgent(Project.agentJar().toString(), "file=" + state.path());
            } finally {
                machine.detach();
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot attach to " + server.process(), e);
        }
    }

    public Response send(Request request) {
        return server.http().send(request);
    }

    /** Whether a new request is refused now; asks without counting as an entry. */
    public boolean refuses() {
        return Refusal.refuses(send(probe()));
    }

    public void awaitRefusing() {
        Await.until(FLIP_LIMIT, () -> "still serves" + server.process().stderr(), this::refuses);
    }

    public void awaitServing() {
        Await.until(FLIP_LIMIT, () -> "still refuses", () -> !refuses());
    }

    /** How often the application's code was entered so far; it has to be serving. */
    public int entries() {
        Response response = send(probe());
        assertEquals(200, response.status());
        return Integer.parseInt(response.text());
    }

    /** Asserts that everything that the application has is served as it should. */
    public void assertServesAll(Cell cell) {
        Visit.all(cell.server()).forEach(visit -> visit.assertServed(send(visit.request())));
    }

    /** Asserts that everything is served, is refused in maintenance, and is served again. */
    public void assertFlips(Cell cell) {
        assertServesAll(cell);
        state.write("on");
        awaitRefusing();
        Visit.all(cell.server())
                .forEach(visit -> Refusal.DEFAULT.assertAnswers(visit.request(), send(visit.request())));
        state.write("off");
        awaitServing();
        assertServesAll(cell);
    }

    /** The agent's lines on standard error. */
    public List<String> agentLines() {
        return server.agentLines();
    }

    /** Asserts that neither the agent nor the JVM has printed a line about the agent. */
    public void assertSilent() {
        List<String> lines = server.process()
                .stderr()
                .lines(line -> line.contains("maintenance-agent")
                        || line.contains("maintenanceagent")
                        || line.contains("VM warning"));
        assertEquals(List.of(), lines);
    }

    @Override
    public void close() {
        server.close();
    }

    private static Request probe() {
        return Request.get("/shop/entries");
    }
}
