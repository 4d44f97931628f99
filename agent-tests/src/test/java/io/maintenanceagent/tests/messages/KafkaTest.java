package io.maintenanceagent.tests.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.StateFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Kafka's consumers, unmodified, whose {@code max.poll.interval.ms} is five seconds. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.messages.KafkaCell#tried")
final class KafkaTest {

    /** Longer than the interval in which a consumer has to poll. */
    private static final Duration MAINTENANCE = Duration.ofSeconds(Boolean.getBoolean("work") ? 20 : 6);

    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private static Worker broker;

    private final KafkaCell cell;
    private final StateFile state = new StateFile(Project.newDirectory("kafka").resolve("maintenance.mode"));

    KafkaTest(KafkaCell cell) {
        this.cell = cell;
    }

    @BeforeParameterizedClassInvocation
    static void startBroker(KafkaCell cell) {
        broker = cell.broker();
        broker.port();
    }

    @AfterParameterizedClassInvocation
    static void stopBroker() {
        broker.close();
    }

    private Worker consumer(String topic, String... properties) {
        return Worker.start(cell.consumer(broker.port(), topic, topic + "-group", properties)
                .agent("guard=http+messages,file=" + state.path()));
    }

    private static void send(String topic, int partition, String name, int count) {
        broker.tell("send " + topic + " " + partition + " " + String.join(" ", names(name, count)));
    }

    private static List<String> names(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toList();
    }

    /** Without partition and offset, which begin each. */
    private static List<String> values(List<String> handled) {
        return handled.stream()
                .map(record -> record.replaceFirst("^\\d+-\\d+-", ""))
                .toList();
    }

    @Test
    void consumer_inMaintenance_keepsItsMembershipAndGetsNothing() {
        String topic = "orders";
        broker.tell("create " + topic + " 2");
        state.write("off");
        try (Worker first = consumer(topic, "enable.auto.commit=false")) {
            first.await("^ASSIGNED \\[orders-0, orders-1\\]|^ASSIGNED \\[orders-1, orders-0\\]");
            send(topic, 0, "a", 2);
            send(topic, 1, "b", 1);
            first.awaitHandled(3);
            if (cell.isPlain()) {
                first.tell("pause 1");
                first.await("^PAUSED \\[orders-1\\]$");
            }
            first.tell("slow 1500");
            send(topic, 0, "slow", 1);
            first.await("^BEGIN .*slow0$");
            new Cli().run("on", "--wait=30s", "--file", state.path().toString());
            assertTrue(first.handled().toString().contains("slow0"), "drained before the record was handled");
            first.tell("slow 0");
            send(topic, 0, "c", 10);
            send(topic, 1, "d", 5);
            String members = broker.tell("members orders-group");
            Await.holds(MAINTENANCE, first::toString, () -> first.handled().size() == 4);
            assertEquals(members, broker.tell("members orders-group"));
            assertEquals("{0=3, 1=1}", broker.tell("committed orders-group orders"));
            assertEquals(List.of(), first.lines("REVOKED "));
            if (!cell.isPlain()) {
                state.write("off");
            } else {
                first.tell("paused");
                state.write("off");
                first.awaitHandled(14);
                assertEquals(names("c", 10), values(first.handled("-c")));
                first.tell("paused");
                assertEquals(List.of("[orders-1]", "[orders-1]", "[orders-1]"), awaitPaused(first, 3));
                assertEquals(List.of(), first.handled("-d"), "a partition that the application has paused");
                first.tell("resume 1");
            }
            first.awaitHandled(19);
            assertEquals(names("c", 10), values(first.handled("-c")));
            assertEquals(names("d", 5), values(first.handled("-d")));
            assertEquals(List.of(), first.agentLines());
            joinInMaintenance(first, topic);
        }
    }

    private static List<String> awaitPaused(Worker worker, int count) {
        Await.until(
                Worker.LIMIT, worker::toString, () -> worker.lines("PAUSED ").size() >= count);
        return worker.lines("PAUSED ");
    }

    /** A JVM that starts in maintenance gets partitions, and both get nothing of these before the end. */
    private void joinInMaintenance(Worker first, String topic) {
        state.write("on");
        new Cli().run("on", "--wait=30s", "--file", state.path().toString());
        int before = first.handled().size();
        send(topic, 0, "e", 10);
        send(topic, 1, "f", 10);
        try (Worker second = consumer(topic)) {
            second.await("^ASSIGNED \\[orders-");
            Await.holds(
                    A_WHILE,
                    () -> "" + first + second,
                    () -> first.handled().size() == before && second.handled().isEmpty());
            state.write("off");
            Await.until(
                    Worker.LIMIT,
                    () -> "" + first + second,
                    () -> first.handled().size() + second.handled().size() >= before + 20);
            List<String> all = new ArrayList<>(
                    first.handled().subList(before, first.handled().size()));
            all.addAll(second.handled());
            assertEquals(
                    names("e", 10),
                    values(all.stream().filter(r -> r.contains("-e")).toList()));
            assertEquals(
                    names("f", 10),
                    values(all.stream().filter(r -> r.contains("-f")).toList()));
            second.tell("stop");
            second.await("^STOPPED$");
        }
    }

    /** It joins its group with the first poll, which would return records at once. */
    @Test
    void consumer_thatStartsInMaintenance_getsAllAtItsEnd() {
        String topic = "parcels";
        broker.tell("create " + topic + " 1");
        send(topic, 0, "a", 5);
        state.write("on");
        try (Worker worker = consumer(topic)) {
            worker.await("^ASSIGNED \\[parcels-0\\]");
            Await.holds(A_WHILE, worker::toString, () -> worker.handled().isEmpty());
            state.write("off");
            worker.awaitHandled(5);
            assertEquals(names("a", 5), values(worker.handled()));
        }
    }

    @Test
    void consumer_thatThePolicyExcepts_goesOn() {
        String topic = "beats";
        broker.tell("create " + topic + " 1");
        state.write("on");
        StateFile policy = new StateFile(state.path().resolveSibling("policy.json"));
        policy.write("{\"work\": {\"except\": [\"" + cell.listener() + "\"]}}");
        try (Worker worker = Worker.start(cell.consumer(broker.port(), topic, "beats-group")
                .agent("guard=messages,file=" + state.path() + ",policy=" + policy.path()))) {
            send(topic, 0, "a", 5);
            worker.awaitHandled(5);
            assertEquals(names("a", 5), values(worker.handled()));
        }
    }
}
