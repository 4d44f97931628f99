package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that cannot be written. */
class OutputTest {

    @TempDir
    Path directory;

    private CommandLineRunner runner;

    @BeforeEach
    void setUp() {
        runner = new CommandLineRunner(directory);
        runner.write("maintenance.mode", "on");
    }

    /** A stream that fails at each write. */
    private static final class Full extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--help",
                "--version",
                "on",
                "on --json",
                "on --help",
                "off",
                "status",
                "status --json",
                "check",
                "explain GET /",
                "explain --json GET /",
                "list",
                "list --json",
                "completion"
            })
    void run_unwritableOutput_fails(String line) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        assertEquals(1, runner.run(new Full(), err, CommandLineRunner.words(line)));
        String said = err.toString(StandardCharsets.UTF_8);
        assertEquals("maintenance-agent: standard output cannot be written (No space left on device)\n", said);
    }

    @Test
    void run_wrongUsageAndUnwritableOutput_exits2() {
        assertEquals(2, runner.run(new Full(), new ByteArrayOutputStream(), "onn"));
        assertEquals(2, runner.run(new ByteArrayOutputStream(), new Full(), "onn"), "nobody can be told");
    }

    @Test
    void fit_tooWideLine_isCutWithoutCountingColours() {
        assertEquals("abc", Terminal.fit("abc", 80));
        assertEquals("abc", Terminal.fit("abcdef", 4));
        assertEquals("\033[31mabc\033[0m", Terminal.fit("\033[31mabc\033[0m", 4));
        assertEquals("\033[31mab\033[0m", Terminal.fit("\033[31mabc\033[0m", 3));
        assertEquals("", Terminal.fit("abc", 1));
    }

    @Test
    void hasColours_onATerminalUnlessForbidden() {
        assertEquals(-1, runner.run("status").out().indexOf('\033'));
        runner.atTerminal();
        assertTrue(runner.run("status").out().contains("\033[1;31mon"));
        assertTrue(runner.run("--help").out().toLowerCase(Locale.ROOT).contains("\033["));
        assertEquals(-1, runner.with("NO_COLOR", "1").run("status").out().indexOf('\033'));
        assertEquals(
                -1,
                runner.with("NO_COLOR", "")
                        .with("TERM", "dumb")
                        .run("status")
                        .out()
                        .indexOf('\033'));
        assertEquals(
                -1, runner.with("TERM", "xterm").run("status", "--json").out().indexOf('\033'));
    }
}
