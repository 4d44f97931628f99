package io.maintenanceagent.tests.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.FreePorts;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Quartz, which goes by its own time: whatever was due in maintenance can be seen by the times that jobs print. */
final class QuartzTest {

    static Stream<String> versions() {
        return Boolean.getBoolean("work")
                ? Stream.of("quartz-1.8", "quartz-2.0", "quartz-2.3", "quartz-2.5")
                : Stream.of("quartz-2.5");
    }

    private static Scheduler start(String version, String options, String... arguments) {
        return Scheduler.start(
                version.equals("quartz-1.8") ? "Quartz1Worker" : "QuartzWorker", version, options, arguments);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void maintenance_skipsSchedulesAndHoldsWhatIsToRunOnce(String version) {
        try (Scheduler quartz = start(version, "")) {
            quartz.awaitRuns("simple", 2);
            quartz.awaitRuns("cron", 1);
            quartz.command("work 3000");
            quartz.await("begins");
            quartz.become("on");
            quartz.awaitDraining();
            assertTrue(quartz.lines().contains("begins") && !quartz.lines().contains("ends"), quartz::toString);
            assertTrue(quartz.report().contains("QuartzWorker$Work") || version.equals("quartz-1.8"), quartz::toString);
            quartz.awaitDrained();
            assertTrue(quartz.lines().contains("ends"), quartz::toString);
            long begin = System.currentTimeMillis();
            List<String> before = quartz.ran();
            quartz.command("once first 50");
            quartz.command("once second 150");
            quartz.await("scheduled second");
            Await.holds(
                    Duration.ofMillis(2500),
                    quartz::toString,
                    () -> quartz.ran().equals(before));
            long end = System.currentTimeMillis();
            quartz.become("off");
            quartz.awaitRuns("simple", 5);
            quartz.awaitRuns("cron", 1);
            assertTrue(
                    Stream.of("simple", "cron")
                            .flatMap(name -> quartz.times(name).stream())
                            .noneMatch(due -> due > begin && due < end),
                    quartz::toString);
            assertEquals(
                    List.of("first", "second"),
                    quartz.ran().stream()
                            .filter(List.of("first", "second")::contains)
                            .sorted() // begun in order, each on a thread of its own
                            .toList());
        }
    }

    @Test
    void policy_letsOneJobGoOn(@TempDir Path directory) throws Exception {
        Path policy = Files.writeString(
                directory.resolve("policy.json"),
                "{\"rules\": [{\"schedule\": \"QuartzWorker$Heart*\", \"maintenance\": \"off\"}]}");
        try (Scheduler quartz = start("quartz-2.5", ",policy=" + policy)) {
            quartz.awaitRuns("simple", 1);
            quartz.become("on");
            quartz.awaitDrained();
            long simple = quartz.count("simple");
            quartz.awaitRuns("heartbeat", 4);
            assertEquals(simple, quartz.count("simple"), quartz::toString);
            quartz.become("off");
            quartz.awaitRuns("simple", 1);
        }
    }

    /** In maintenance a node takes no trigger that another could run. */
    @Test
    void cluster_ofTwo_worksOnTheOtherNode() {
        int port = FreePorts.one();
        String url = "jdbc:h2:tcp://127.0.0.1:" + port + "/mem:shop;DB_CLOSE_DELAY=-1";
        JavaCommand server = new JavaCommand(Jdk.running(), "h2")
                .property("h2.bindAddress", "127.0.0.1")
                .classPath(Project.serverJars("quartz-2.5"))
                .main("org.h2.tools.Server", "-tcp", "-ifNotExists", "-tcpPort", String.valueOf(port));
        try (JavaProcess database = server.start()) {
            database.awaitStdout("TCP server running.*", Scheduler.PATIENCE);
            try (Scheduler one = start("quartz-2.5", "", url);
                    Scheduler other = start("quartz-2.5", "", url)) {
                one.become("on");
                one.awaitDrained();
                List<String> before = one.ran();
                one.command("once first 50");
                other.awaitRuns("simple", 10);
                Await.until(Scheduler.PATIENCE, other::toString, () -> other.count("first") == 1);
                assertEquals(before, one.ran(), one::toString);
                other.become("on");
                other.awaitDrained();
                one.command("once second 50");
                one.await("scheduled second");
                one.become("off");
                one.awaitRuns("simple", 2);
                assertEquals(1, one.count("second"), one::toString);
            }
        }
    }
}
