package io.maintenanceagent.tests.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.StateFile;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Spring's containers for JMS, unmodified: one that asks for messages, and one that is given them. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.messages.JmsCell#tried")
final class JmsTest {

    private static final Duration MAINTENANCE = Duration.ofSeconds(Boolean.getBoolean("work") ? 20 : 2);

    private static Worker broker;

    private final JmsCell cell;
    private final StateFile state = new StateFile(Project.newDirectory("jms").resolve("maintenance.mode"));

    JmsTest(JmsCell cell) {
        this.cell = cell;
    }

    @BeforeParameterizedClassInvocation
    static void startBroker(JmsCell cell) {
        broker = cell.broker();
        broker.port();
    }

    @AfterParameterizedClassInvocation
    static void stopBroker() {
        broker.close();
    }

    private Worker worker(String asked, String given) {
        return Worker.start(cell.worker(broker.port(), asked, given).agent("guard=messages,file=" + state.path()))
                .await("^READY$");
    }

    private static void send(Worker worker, String queue, String name, int count) {
        worker.tell("send " + queue + " " + String.join(" ", names(name, count)));
    }

    private static List<String> names(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toList();
    }

    @Test
    void containers_inMaintenance_takeNothing() {
        state.write("off");
        try (Worker worker = worker("asked", "given")) {
            send(worker, "asked", "a", 2);
            send(worker, "given", "b", 2);
            worker.awaitHandled(4);
            worker.tell("slow 2000");
            send(worker, "asked", "slowA", 1);
            send(worker, "given", "slowB", 1);
            worker.await("^BEGIN slowA0$").await("^BEGIN slowB0$");
            new Cli().run("on", "--wait=30s", "--file", state.path().toString());
            assertTrue(worker.handled().containsAll(List.of("slowA0", "slowB0")), "drained before they were handled");
            worker.tell("slow 0");
            send(worker, "asked", "c", 10);
            send(worker, "given", "d", 10);
            Await.holds(MAINTENANCE, worker::toString, () -> worker.handled().size() == 6);
            assertEquals(cell.counts(13, 3), broker.tell("counts asked"));
            assertEquals(cell.counts(13, 3), broker.tell("counts given"));
            state.write("off");
            worker.awaitHandled(26);
            assertEquals(names("c", 10), worker.handled("c"));
            assertEquals(names("d", 10), worker.handled("d"));
            assertEquals(List.of(), worker.agentLines());
        }
    }

    @Test
    void containers_thatStartAndStopInMaintenance_leaveAllToTheNextOnes() {
        state.write("on");
        try (Worker worker = worker("early", "late")) {
            send(worker, "early", "p", 5);
            send(worker, "late", "q", 5);
            Await.holds(
                    Duration.ofSeconds(1),
                    worker::toString,
                    () -> worker.handled().isEmpty());
            worker.tell("stop");
            assertEquals(List.of(), worker.handled());
        }
        state.write("off");
        try (Worker worker = worker("early", "late")) {
            worker.awaitHandled(10);
            assertEquals(10, worker.handled().size());
            assertEquals(
                    names("p", 5),
                    worker.handled("p").stream().map(JmsTest::once).toList());
            assertEquals(
                    names("q", 5),
                    worker.handled("q").stream().map(JmsTest::once).toList());
        }
    }

    /** Without the broker's word that it has delivered the message before, which nobody has handled. */
    private static String once(String message) {
        return message.replace("-again", "");
    }
}
