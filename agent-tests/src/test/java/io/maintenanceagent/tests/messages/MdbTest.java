package io.maintenanceagent.tests.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A message-driven bean in OpenEJB, which is TomEE's container of beans; with the profile {@code work} only. */
final class MdbTest {

    private static Worker broker;

    private final StateFile state = new StateFile(Project.newDirectory("mdb").resolve("maintenance.mode"));

    @BeforeAll
    static void startBroker() {
        assumeTrue(Boolean.getBoolean("work"), "OpenEJB is tried with the profile work");
        broker = Worker.start(Programs.command("JmsServer", jars(), text -> text));
    }

    @AfterAll
    static void stopBroker() {
        if (broker != null) {
            broker.close();
        }
    }

    private static List<Path> jars() {
        return Project.serverJars("openejb-10");
    }

    private static List<String> names(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toList();
    }

    private static void send(Worker worker, String name, int count) {
        worker.tell("send orders " + String.join(" ", names(name, count)));
    }

    private Worker worker() {
        return Worker.start(Programs.command("MdbWorker", jars(), text -> text)
                        .agent("guard=messages,file=" + state.path())
                        .main("MdbWorker", "tcp://127.0.0.1:" + broker.port()))
                .await("^READY$");
    }

    @Test
    void bean_inMaintenance_getsNothing() {
        state.write("off");
        try (Worker worker = worker()) {
            send(worker, "a", 2);
            worker.awaitHandled(2);
            worker.tell("slow 2000");
            send(worker, "slow", 1);
            worker.await("^BEGIN slow0$");
            new Cli().run("on", "--wait=30s", "--file", state.path().toString());
            assertEquals(List.of("slow0"), worker.handled("slow"), "drained before it was handled");
            worker.tell("slow 0");
            send(worker, "c", 10);
            Await.holds(
                    Duration.ofSeconds(10),
                    worker::toString,
                    () -> worker.handled().size() == 3);
            assertEquals("13 3 1", broker.tell("counts orders"));
            state.write("off");
            worker.awaitHandled(13);
            assertEquals(names("c", 10), worker.handled("c"));
            assertEquals(List.of(), worker.agentLines());
            state.write("on");
            new Cli().run("on", "--wait=30s", "--file", state.path().toString());
            send(worker, "p", 3);
            Await.holds(
                    Duration.ofSeconds(2),
                    worker::toString,
                    () -> worker.handled().size() == 13);
            worker.tell("stop"); // the resource adapter waits for deliveries
            assertEquals("16 13 0", broker.tell("counts orders"));
        }
        state.write("off");
        try (Worker worker = worker()) {
            worker.awaitHandled(3);
            assertEquals(
                    names("p", 3),
                    worker.handled().stream()
                            .map(text -> text.replace("-again", ""))
                            .toList());
        }
    }
}
