package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.cli.state.InstanceProgress;
import io.maintenanceagent.cli.state.InstanceProgress.Step;
import io.maintenanceagent.cli.state.InstanceReport;
import io.maintenanceagent.cli.state.WorkReport;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceProgressTest {

    private static String report(State state, String more) {
        return ("{'app': 'shop', 'host': 'web1', 'pid': 7, 'source': 'store', 'hash': '" + StateHash.of(state)
                        + "', 'maintenance': " + state.enabled() + ", 'drained': true" + more + "}")
                .replace('\'', '"');
    }

    private static InstanceProgress of(State state, String more) {
        byte[] content = report(state, more).getBytes(StandardCharsets.UTF_8);
        return InstanceProgress.of(InstanceReport.of("shop-web1", content), state, true, 0);
    }

    @Test
    void of_notKnownToRefuse_isNeverDone() {
        InstanceProgress progress = of(State.ON, ", 'enforcing': false, 'unenforced': 'gRPC is here'");
        assertEquals(Step.UNENFORCED, progress.step());
        assertFalse(progress.isEnforcing());
        assertEquals("shop on web1 (7): is not known to refuse requests: gRPC is here", progress.full());
    }

    @Test
    void of_notKnownToRefuseWhileOff_hasTakenTheState() {
        assertEquals(
                Step.DONE,
                of(State.OFF, ", 'enforcing': false, 'unenforced': 'gRPC is here'")
                        .step());
    }

    @Test
    void of_knownToRefuseOrAnOlderAgent_isDone() {
        assertEquals(Step.DONE, of(State.ON, ", 'enforcing': true").step());
        assertEquals(Step.DONE, of(State.ON, "").step());
    }

    private static final String WORK =
            ", 'blocking': 1, 'oldest': {'method': 'GET', 'path': '/a', 'seconds': 5}, 'work': {'schedules':"
                    + " {'inFlight': 3, 'blocking': 2, 'oldest': {'name': 'com.acme.Job.run', 'seconds': 12}},'jdbc':"
                    + " {'inFlight': 1, 'blocking': 1, 'oldest': 7}, 'other': {'blocking': 1}, 'messages': []}";

    @Test
    void of_otherWorkIsInFlight_isNamedByKind() {
        String both = WORK.replace(", 'blocking': 1, 'o", ", 'drained': false, 'blocking': 1, 'o");
        assertEquals(
                "shop on web1 (7): 1 request, 2 jobs, 1 transaction running,"
                        + " oldest GET /a for 5 s, job com.acme.Job.run for 12 s",
                draining(both).full());
        InstanceProgress work =
                draining(both.replace("'blocking': 1, 'oldest': {'method'", "'blocking': 0, 'oldest': {'method'"));
        assertEquals(
                "shop on web1 (7): 2 jobs, 1 transaction running, oldest job com.acme.Job.run for 12 s", work.full());
    }

    private static InstanceProgress draining(String more) {
        String content = report(State.ON, more.replace("'drained': false, ", ""))
                .replace("\"drained\": true", "\"drained\": false");
        return InstanceProgress.of(
                InstanceReport.of("shop-web1", content.getBytes(StandardCharsets.UTF_8)), State.ON, true, 0);
    }

    @Test
    void unguarded_isOneLineForAll() {
        InstanceProgress one = of(State.ON, ", 'unguarded': ['Quartz (schedules)', 'HikariCP (jdbc)']");
        InstanceProgress other = of(State.ON, ", 'unguarded': ['Kafka (messages)']");
        InstanceProgress off = of(State.OFF, ", 'unguarded': ['Kafka (messages)']");
        assertEquals(
                "Not guarded, and not waited for: Quartz (schedules), HikariCP (jdbc) in shop on web1 (7),"
                        + " shop on web1 (7), shop on web1 (7) and 1 more; Kafka (messages) in shop on web1 (7)",
                WorkReport.unguarded(List.of(one, one, one, one, other, off)));
        assertNull(WorkReport.unguarded(List.of(of(State.ON, ""), of(State.ON, ", 'unguarded': 7"))));
    }

    @Test
    void status_notKnownToRefuse_marksTheInstance(@TempDir Path directory) throws IOException {
        CommandLineRunner runner = new CommandLineRunner(directory);
        runner.write("maintenance.mode", "on");
        Path instances = Files.createDirectory(directory.resolve("maintenance.mode.instances"));
        Path report = Files.writeString(instances.resolve("shop.json"), report(State.ON, ", 'enforcing': false"));
        Files.setLastModifiedTime(report, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        String shown = runner.run("status").out();
        assertTrue(shown.contains("! shop on web1 (7): is not known to refuse requests"), shown);
    }
}
