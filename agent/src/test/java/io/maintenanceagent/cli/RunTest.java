package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run}, with commands that write nothing to this JVM's own streams. */
class RunTest {

    private static final String ODD = " Off\n\n";

    @TempDir
    Path directory;

    private CommandLineRunner runner;

    @BeforeEach
    void setUp() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no sh");
        runner = new CommandLineRunner(directory);
        runner.write("maintenance.mode", ODD);
    }

    private CommandLineRunner.Outcome run(String script, String... options) {
        List<String> all = new ArrayList<>(List.of("run", "--no-wait", "--by", "alice"));
        all.addAll(List.of(options));
        all.addAll(List.of("--", "/bin/sh", "-c", "cd '" + directory + "'; " + script));
        return runner.run(all.toArray(new String[0]));
    }

    private Instant until(String file) throws IOException {
        Matcher until = Pattern.compile("\"until\":\"(.*?)\"").matcher(Files.readString(directory.resolve(file)));
        assertTrue(until.find());
        return Instant.parse(until.group(1));
    }

    @Test
    void run_command_exitsWithItsCode() throws IOException {
        CommandLineRunner.Outcome seven = run("cp maintenance.mode seen; exit 7");
        assertEquals(7, seven.code());
        assertEquals("", seven.out());
        assertTrue(seven.err().contains("COMMAND ended with 7; what was there before is there again: off"), seven::err);
        assertTrue(Files.readString(directory.resolve("seen")).startsWith("{\"enabled\":true,"));
        assertEquals(ODD, runner.state());
        assertEquals(137, run("kill -9 $$").code(), "killed by a signal: 128 and its number");
        assertEquals(ODD, runner.state());
        assertEquals(3, run("exit 3").code());
    }

    @Test
    void run_withoutSeparator_runsTheCommand() {
        assertEquals(
                5, runner.run("run", "--no-wait", "/bin/sh", "-c", "exit 5").code());
        assertEquals(ODD, runner.state());
    }

    @Test
    void run_missingCommand_failsAndRestoresTheState() {
        CommandLineRunner.Outcome unknown = runner.run("run", "--no-wait", "--", "/no/such/command");
        assertEquals(1, unknown.code());
        assertTrue(unknown.err().contains("\"/no/such/command\" cannot be started"), unknown::err);
        assertTrue(unknown.err().contains("(COMMAND was not run)"), unknown::err);
        assertEquals(ODD, runner.state());
        assertEquals(
                1, runner.run("run", "--no-wait", "--", directory.toString()).code(), "is no program");
        assertEquals(ODD, runner.state());
    }

    @Test
    void run_keepOnFailure_leavesMaintenanceOn() {
        CommandLineRunner.Outcome failed = run("exit 4", "--keep-on-failure");
        assertEquals(4, failed.code());
        assertTrue(failed.err().contains("ended with 4; maintenance stays on, as --keep-on-failure says"), failed::err);
        assertEquals(3, runner.run("status", "--exit-code").code());
    }

    @Test
    void run_offDuringTheCommand_isKept() {
        CommandLineRunner.Outcome run = run("printf off > maintenance.mode");
        assertEquals(0, run.code());
        assertTrue(run.err().contains("was changed meanwhile by somebody, and is left as it is"), run::err);
        assertEquals("off", runner.state());
    }

    @Test
    void run_nested_keepsTheOuterLease() throws IOException {
        CommandLineRunner.Outcome run = run(
                "cp maintenance.mode mine; printf on > maintenance.mode; sleep 2; cp mine maintenance.mode;"
                        + " sleep 2; cp maintenance.mode later",
                "--lease=2s");
        assertEquals(0, run.code());
        assertTrue(until("later").isAfter(until("mine").plusSeconds(2)), "renewed again");
        assertEquals(ODD, runner.state());
    }

    @Test
    void run_noInstances_failsAndRestoresTheState() {
        CommandLineRunner.Outcome run = runner.run(
                "run", "--wait=1s", "--", "touch", directory.resolve("was-run").toString());
        assertEquals(1, run.code());
        assertTrue(run.err().contains("(COMMAND was not run)"), run::err);
        assertFalse(Files.exists(directory.resolve("was-run")));
        assertEquals(ODD, runner.state());
    }

    @Test
    void run_invalidState_isNotReplaced() {
        runner.write("maintenance.mode", "perhaps");
        runner.run("run", "--no-wait", "--", "true").failed(1, "nobody could put that back");
        assertEquals("perhaps", runner.state());
    }
}
