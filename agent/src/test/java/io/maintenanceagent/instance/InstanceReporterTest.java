package io.maintenanceagent.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.store.file.FileStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceReporterTest {

    private static final EffectiveState OFF = EffectiveState.of(null, State.OFF, null);
    private static final EffectiveState ON = EffectiveState.of(null, State.ON, null);

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Faults faults = new Faults(new PrintStream(said, true));

    private FileStore store() {
        return new FileStore(directory.resolve("maintenance.mode").toFile());
    }

    @Test
    void tellsWhoItIsAndWhatItEnforces() throws IOException {
        Files.writeString(directory.resolve("maintenance.mode"), "off");
        InstanceReporter reporter = new InstanceReporter(store(), "my shop/1", faults);
        reporter.tell(OFF, 0);
        reporter.tell(ON, 1000); // within a second: not yet
        Map<String, byte[]> instances = store().instances();
        assertEquals(1, instances.size());
        String id = instances.keySet().iterator().next();
        assertTrue(id.matches("my_shop_1-[A-Za-z0-9._-]+"), id);
        String report = new String(instances.get(id), StandardCharsets.UTF_8);
        assertTrue(report.startsWith("{\"app\":\"my shop/1\",\"host\":\""), report);
        assertTrue(report.contains("\"pid\":" + ProcessHandle.current().pid() + ","), report);
        assertTrue(
                report.endsWith("\"source\":\"store\",\"since\":\"1970-01-01T00:00:00Z\",\"state\":{\"enabled\":false}}"),
                report);
    }

    @Test
    void makesNoFilesWhereNobodyAsks() throws IOException {
        new InstanceReporter(store(), "shop", faults).tell(OFF, 0);
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void saysThatItCannotTellTwiceInARow() throws Exception {
        InstanceReporter reporter = failed();
        assertEquals("", said());
        tellAgain(reporter);
        assertTrue(said().contains("this instance cannot be told in "), said::toString);
    }

    @Test
    void leavesAnOutageToTheStore() throws Exception {
        InstanceReporter reporter = failed();
        reporter.unreachable();
        tellAgain(reporter);
        assertEquals("", said());
    }

    private InstanceReporter failed() throws IOException {
        Files.writeString(directory.resolve("maintenance.mode"), "off");
        Files.writeString(directory.resolve("maintenance.mode.instances"), "in the way");
        InstanceReporter reporter = new InstanceReporter(store(), "shop", faults);
        reporter.tell(OFF, 0);
        return reporter;
    }

    /** After the second in which it tells nothing more; as something new, so that it does. */
    private static void tellAgain(InstanceReporter reporter) throws InterruptedException {
        Thread.sleep(1_001);
        reporter.tell(ON, 1);
    }

    private String said() {
        faults.flush();
        return said.toString();
    }
}
