package io.maintenanceagent.tests.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.StateFile;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spring's containers for RabbitMQ, unmodified; with the profile {@code work} only. */
final class RabbitTest {

    private static final Duration MAINTENANCE = Duration.ofSeconds(10);

    private static RabbitServer server;

    private final StateFile state = new StateFile(Project.newDirectory("rabbit").resolve("maintenance.mode"));

    @BeforeAll
    static void startServer() {
        assumeTrue(Boolean.getBoolean("work"), "RabbitMQ is tried with the profile work");
        assumeTrue(RabbitServer.isThere(), "there is no RabbitMQ here: apt-get install rabbitmq-server");
        server = new RabbitServer();
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    private Worker worker(RabbitCell cell) {
        return Worker.start(cell.worker(server.port()).agent("guard=messages,file=" + state.path()))
                .await("^READY$");
    }

    private static void send(Worker worker, String queue, String name, int count) {
        worker.tell("send " + queue + " " + String.join(" ", names(name, count)));
    }

    private static List<String> names(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toList();
    }

    private static List<String> queues(RabbitCell cell) {
        return cell.isDirect() ? List.of("simple", "direct") : List.of("simple");
    }

    @ParameterizedTest
    @EnumSource
    void containers_inMaintenance_takeNothing(RabbitCell cell) {
        state.write("off");
        List<String> queues = queues(cell);
        try (Worker worker = worker(cell)) {
            queues.forEach(queue -> send(worker, queue, queue + "-x", 2));
            worker.awaitHandled(2 * queues.size());
            worker.tell("slow 2000");
            queues.forEach(queue -> send(worker, queue, queue + "-slow", 1));
            queues.forEach(queue -> worker.await("^BEGIN " + queue + "-slow0$"));
            new Cli().run("on", "--wait=30s", "--file", state.path().toString());
            assertEquals(queues.size(), worker.handled("slow").size(), "drained before they were handled");
            worker.tell("slow 0");
            queues.forEach(queue -> send(worker, queue, queue + "-y", 10));
            int before = worker.handled().size();
            Await.holds(MAINTENANCE, worker::toString, () -> worker.handled().size() == before);
            state.write("off");
            worker.awaitHandled(before + 10 * queues.size());
            queues.forEach(queue -> assertEquals(names(queue + "-y", 10), worker.handled(queue + "-y")));
            assertEquals(List.of(), worker.agentLines());
        }
    }

    /** What the client has in store goes back to the broker, and neither is handled nor keeps the JVM. */
    @ParameterizedTest
    @EnumSource
    void containers_thatStopInMaintenance_leaveAllToTheNextOnes(RabbitCell cell) throws Exception {
        state.write("on");
        List<String> queues = queues(cell);
        try (Worker worker = worker(cell)) {
            queues.forEach(queue -> send(worker, queue, queue + "-z", 10));
            Await.holds(
                    Duration.ofSeconds(2),
                    worker::toString,
                    () -> worker.handled().isEmpty());
            worker.tell("stop");
            assertEquals(List.of(), worker.handled());
        }
        state.write("off");
        try (Worker worker = worker(cell)) {
            worker.awaitHandled(10 * queues.size());
            for (String queue : queues) {
                List<String> handled = worker.handled(queue + "-z").stream()
                        .map(message -> message.replace("-again", ""))
                        .toList();
                assertEquals(names(queue + "-z", 10), handled);
            }
            assertTrue(worker.agentLines().isEmpty(), worker::toString);
        }
    }
}
