package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State files that are links, or hold no state. */
class StateFileTest {

    @TempDir
    Path directory;

    private CommandLineRunner runner;

    @BeforeEach
    void setUp() {
        runner = new CommandLineRunner(directory);
    }

    @Test
    void on_invalidState_isOverwrittenWithForceOnly() {
        runner.write("maintenance.mode", "Dear diary");
        for (String command : new String[] {"on", "off", "run --no-wait -- true"}) {
            runner.run(command.split(" ")).failed(1, "holds no state (line 1: \"Dear diary\"");
            assertEquals("Dear diary", runner.state());
        }
        assertTrue(runner.run("on").err().contains("or give --force"));
        runner.write("maintenance.mode", "\0".repeat(1024 * 1024 + 1));
        runner.run("on", "--force").failed(1, "is larger than the 1 MiB that a state may have");
        runner.write("maintenance.mode", "Dear diary");
        assertEquals(0, runner.run("on", "--force").code());
        assertTrue(runner.state().startsWith("{\"enabled\":true"));
        runner.write("maintenance.mode", "\n");
        assertEquals(0, runner.run("off").code(), "nothing is lost");
    }

    @Test
    void on_danglingLink_writesItsTarget() throws IOException {
        Path shared = Files.createDirectory(directory.resolve("shared")).resolve("mode");
        Files.createSymbolicLink(runner.file(), shared);
        assertEquals(0, runner.run("on").code());
        assertTrue(Files.isSymbolicLink(runner.file()));
        assertTrue(Files.readString(shared).contains("true"));
        assertEquals(0, runner.run("off").code());
        assertTrue(Files.isSymbolicLink(runner.file()));
        assertTrue(Files.readString(shared).contains("false"));
        Files.delete(shared);
        assertEquals(0, runner.run("run", "--no-wait", "--", "true").code());
        assertFalse(Files.exists(shared), "as it was before");
        assertTrue(Files.isSymbolicLink(runner.file()));
    }

    @Test
    void on_loopOfLinks_fails() throws IOException {
        Files.createSymbolicLink(runner.file(), runner.file().getFileName());
        runner.run("on").failed(1, "is a loop of links");
        runner.run("off").failed(1, "is a loop of links");
    }

    @Test
    void on_linkedDirectory_warns() throws IOException {
        Path release = Files.createDirectory(directory.resolve("1"));
        Files.createSymbolicLink(directory.resolve("current"), release);
        runner.with("MAINTENANCE_FILE", directory.resolve("current/m.mode").toString());
        String warning = directory.resolve("current") + " is a link; when it is made to lead elsewhere";
        for (String command : new String[] {"on", "run --no-wait -- true"}) {
            CommandLineRunner.Outcome outcome = runner.run(command.split(" "));
            assertEquals(0, outcome.code(), outcome::toString);
            assertTrue(outcome.err().contains(warning), outcome::toString);
        }
        CommandLineRunner.Outcome check = runner.run("check");
        assertTrue(check.out().contains(warning), check::toString);
        runner.with("MAINTENANCE_FILE", release.resolve("m.mode").toString());
        assertFalse(runner.run("on").err().contains("is a link"));
    }

    @Test
    void wait_unlistableInstances_failsAtOnce() throws IOException {
        Files.writeString(directory.resolve("maintenance.mode.instances"), "");
        CommandLineRunner.Outcome on = runner.run("on", "--wait=10m");
        assertEquals(1, on.code(), on::toString);
        assertTrue(
                on.err().contains("maintenance.mode.instances is a regular file; allowed: a directory"), on::toString);
        assertTrue(runner.state().contains("true"));
    }
}
