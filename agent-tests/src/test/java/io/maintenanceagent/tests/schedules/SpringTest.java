package io.maintenanceagent.tests.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scheduled methods of Spring, and what is given to its scheduler to run once. */
final class SpringTest {

    static Stream<String> versions() {
        return Boolean.getBoolean("work")
                ? Stream.of("spring-3.2", "spring-4.3", "spring-5.3", "spring-6.2", "spring-7.0")
                : Stream.of("spring-5.3", "spring-6.2");
    }

    private static Scheduler start(String version, String options) {
        return Scheduler.start("SpringWorker", version, options);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void maintenance_skipsSchedulesAndHoldsWhatIsToRunOnce(String version) {
        try (Scheduler spring = start(version, "")) {
            Stream.of("rate", "delay", "cron").forEach(name -> spring.awaitRuns(name, 1));
            spring.command("work 3000");
            spring.await("begins");
            spring.become("on");
            spring.awaitDraining();
            spring.awaitDrained();
            assertTrue(spring.lines().contains("ends"), spring::toString);
            List<String> before = spring.ran();
            List<String> once = List.of("first", "second", "third");
            for (int i = 0; i < once.size(); i++) {
                spring.command("once " + once.get(i) + " " + 50 * i);
            }
            spring.await("scheduled third");
            spring.command("once never 50");
            spring.command("done");
            Await.holds(
                    Duration.ofMillis(1500),
                    spring::toString,
                    () -> spring.ran().equals(before));
            spring.command("cancel");
            spring.await("cancelled true");
            long end = System.currentTimeMillis();
            spring.become("off");
            spring.awaitRuns("cron", 2);
            assertEquals(once, spring.ran().stream().filter(once::contains).toList(), spring::toString);
            assertEquals(0, spring.count("never"), spring::toString);
            long soon = spring.times("rate").stream()
                    .filter(time -> time >= end && time < end + 600)
                    .count();
            assertTrue(soon <= 5, () -> soon + " ticks of each 200 ms in 600 ms: " + spring);
        }
    }

    /** The scheduler has one thread, which a held task must not take. */
    @Test
    void policy_letsOneJobGoOn_beforeAndBehindWhatIsHeld(@TempDir Path directory) throws Exception {
        Path policy = Files.writeString(
                directory.resolve("policy.json"), "{\"work\": {\"except\": [\"SpringWorker$Heartbeat\"]}}");
        try (Scheduler spring = start("spring-6.2", ",policy=" + policy)) {
            spring.awaitRuns("rate", 1);
            spring.become("on");
            spring.awaitDrained();
            spring.command("once first 0");
            spring.await("scheduled first");
            long rate = spring.count("rate");
            spring.awaitRuns("heartbeat", 4);
            assertEquals(rate, spring.count("rate"), spring::toString);
            assertEquals(0, spring.count("first"), spring::toString);
            Await.until(
                    Scheduler.PATIENCE, spring::toString, () -> spring.report().contains("\"held\":1"));
            spring.become("off");
            Await.until(Scheduler.PATIENCE, spring::toString, () -> spring.count("first") == 1);
            spring.awaitRuns("rate", 1);
        }
    }

    static Stream<String> schedulersWithThreadsForEachTask() {
        return Stream.of("spring-6.2 simple", "spring-6.2 virtual", "spring-7.0 virtual");
    }

    /** Since Spring 6.1: each task has a thread of its own, which one that runs once waits with. */
    @ParameterizedTest
    @MethodSource("schedulersWithThreadsForEachTask")
    @EnabledIfSystemProperty(named = "work", matches = "true")
    void maintenance_threadForEachTask_skipsSchedulesAndHoldsWhatIsToRunOnce(String cell) {
        String[] words = cell.split(" ");
        Jdk newest = Jdk.runningAndNewest().get(Jdk.runningAndNewest().size() - 1);
        boolean virtual = words[1].equals("virtual");
        assumeTrue(!virtual || newest.feature() >= 21, "no JDK with virtual threads");
        try (Scheduler spring =
                Scheduler.start(virtual ? newest : Jdk.running(), "SpringWorker", words[0], "", words[1])) {
            Stream.of("rate", "delay", "cron").forEach(name -> spring.awaitRuns(name, 1));
            spring.command("work 3000");
            spring.await("begins");
            assertEquals(
                    virtual,
                    spring.lines().stream().anyMatch(line -> line.startsWith("on VirtualThread")),
                    spring::toString);
            spring.become("on");
            spring.awaitDraining();
            spring.awaitDrained();
            assertTrue(spring.lines().contains("ends"), spring::toString);
            List<String> before = spring.ran();
            List<String> once = List.of("first", "second", "third");
            for (int i = 0; i < once.size(); i++) {
                spring.command("once " + once.get(i) + " " + 50 * i);
            }
            Await.until(
                    Scheduler.PATIENCE, spring::toString, () -> spring.report().contains("\"held\":3"));
            Await.holds(
                    Duration.ofMillis(1500),
                    spring::toString,
                    () -> spring.ran().equals(before));
            spring.become("off");
            spring.awaitRuns("cron", 2);
            assertEquals(
                    List.of("first", "second", "third"),
                    spring.ran().stream().filter(once::contains).sorted().toList(), // each on a thread of its own
                    spring::toString);
        }
    }

    static Stream<String> versionsWithPublishers() {
        return Stream.of("spring-6.2", "spring-7.0");
    }

    /** Since Spring 6.1. */
    @ParameterizedTest
    @MethodSource("versionsWithPublishers")
    @EnabledIfSystemProperty(named = "work", matches = "true")
    void maintenance_methodsThatReturnPublishers_areNotCalled(String version) {
        try (Scheduler spring = Scheduler.start("ReactiveWorker", version + "+reactor", "")) {
            spring.awaitRuns("rate", 2);
            spring.awaitRuns("delay", 2);
            spring.command("work rate");
            spring.await("begins rate");
            spring.command("work delay"); // it takes the scheduler's thread
            spring.await("begins delay");
            spring.become("on");
            spring.awaitDraining();
            assertTrue(spring.report().contains("ReactiveWorker$Jobs"), spring::toString);
            spring.command("end delay");
            spring.awaitDrained(); // with a fixed rate nobody waits for its end
            List<String> before = spring.ran();
            Await.holds(
                    Duration.ofMillis(1500),
                    spring::toString,
                    () -> spring.ran().equals(before));
            spring.command("end rate");
            spring.await("ends rate"); // what was subscribed to before goes on
            spring.become("off");
            spring.awaitRuns("rate", 2);
            spring.awaitRuns("delay", 2);
        }
    }

    /** A method that ran when the agent came is in flight until it ends, by the stack of its thread. */
    @Test
    @EnabledIfSystemProperty(named = "work", matches = "true")
    void attach_whileAJobRuns_waitsForIt() {
        try (Scheduler spring = Scheduler.startBare("SpringWorker", "spring-6.2")) {
            spring.awaitRuns("rate", 1);
            spring.command("work 0");
            spring.await("begins");
            Cli.Outcome attached =
                    new Cli().run("attach", Long.toString(spring.pid()), "guard=schedules,file=" + spring.state());
            assertEquals(0, attached.code(), attached::toString);
            spring.become("on");
            spring.awaitDraining();
            assertTrue(spring.report().contains("since before the attach"), spring::toString);
            spring.command("end");
            spring.awaitDrained();
            assertTrue(spring.lines().contains("ends"), spring::toString);
            List<String> before = spring.ran();
            Await.holds(
                    Duration.ofMillis(900), spring::toString, () -> spring.ran().equals(before));
            spring.become("off");
            spring.awaitRuns("rate", 1);
        }
    }
}
