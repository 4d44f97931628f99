package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.cli.InstanceProgress.Step;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
