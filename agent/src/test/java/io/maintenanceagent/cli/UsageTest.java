package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Help, and the errors of wrong usage. */
class UsageTest {

    private static final List<String> COMMANDS =
            List.of("on", "off", "status", "run", "explain", "check", "list", "attach", "detach", "completion");

    @TempDir
    Path directory;

    private CommandLineRunner runner;

    @BeforeEach
    void setUp() {
        runner = new CommandLineRunner(directory);
    }

    @Test
    void help_eachCommand_hasExamplesAndFitsATerminal() {
        String alone = runner.run().done().out();
        assertEquals(alone, runner.run("--help").done().out());
        for (String taught : List.of("on --for 30m", "status", "off --wait", "run -- ", "Exit codes: 0 ")) {
            assertTrue(alone.contains(taught), alone);
        }
        List<String> lines = new ArrayList<>(alone.lines().toList());
        for (String command : COMMANDS) {
            String help = runner.run(command, "--help").done().out();
            assertTrue(help.contains("jar " + command + " [OPTION]..."), help);
            assertTrue(help.contains("-h, --help"), help);
            lines.addAll(help.lines().toList());
        }
        assertEquals(
                List.of(), lines.stream().filter(line -> line.length() > 80).toList());
        assertTrue(runner.run("--version").done().out().startsWith("Maintenance Agent "));
    }

    /** Each is refused, with what is allowed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "onn | perhaps on is meant",
                "'' | is not known here",
                "on extra | \"extra\" is not known here",
                "on --fro 22:00 | \"--fro\" is not known here; perhaps --from is meant",
                "on --until 2020-01-01T00:00Z | is in the past; give a later one",
                "on --until 2126-11-22T22:00Z --for 30m | --for and --until exclude each other",
                "on --from 2126-11-22T22:00Z --until 2126-11-22T21:00Z | is not later than --from",
                "on --from 2h --until 1h | is not later than --from",
                "on --from 2h --until 2h | is not later than --from",
                "on --for 0s | allowed: a duration like 90s, 30m, 2h",
                "on --for 30 | '--for': \"30\"; allowed: a duration like 90s, 30m, 2h",
                "on --for '' | allowed: a duration like 90s, 30m, 2h",
                "on --for=-5m | allowed: a duration like 90s, 30m, 2h",
                "on --for 99999999999h | allowed: a duration like 90s, 30m, 2h",
                "on --for | --for",
                "on --until 25:00 | '--until': \"25:00\"; allowed: 30m or 2h (from now), 22:00",
                "on --until 2126-11-22T22:00 | with an offset",
                "on --until 23:59:60 | '--until': \"23:59:60\"",
                "on --from 2126-02-30T00:00Z | '--from'",
                "on --retry-after=-5 | allowed: 0 or more seconds",
                "on --retry-after -5 | --retry-after",
                "on --retry-after soon | --retry-after",
                "on --retry-after 99999999999 | --retry-after",
                "on --path shop | it begins with / or with regex:",
                "on --path '' | --path",
                "on --context shop | '--context' (C): \"shop\"; allowed: a context path like /shop",
                "on --host http://x | is not a host",
                "on --file f --store redis://u:secret@h | --file and --store exclude each other",
                "on --store nonsense | a URI like file:/path or redis://host:6379/0?key=NAME",
                "on --store nonsense:x | allowed: file:/path, redis://",
                "on --store redis://u:secret@h:x/ | allowed: redis://",
                "on --file '' | file",
                "on --wait=never | '--wait': \"never\"; allowed: a duration",
                "off extra | \"extra\" is not known here",
                "off --for 3m | --for",
                "off --override 0 | no process id",
                "off --override shop | --override",
                "off --override | --override",
                "off --override 1 --wait | --override writes no state, and excludes the other options",
                "completion bash | is not known here",
                "run | COMMAND",
                "run -- | COMMAND",
                "run --if-lost maybe -- true | --if-lost",
                "run --if-lost on --for 30m -- true | exclude each other",
                "run --from 2126-11-22T22:00Z -- true | run begins now",
                "run --lease=0s -- true | '--lease'",
                "status --watch --exit-code | exclude each other",
                "status extra | \"extra\" is not known here",
                "explain GET | URL",
                "explain GET shop | allowed: http://host/path",
                "explain GET /shop --address nonsense | is not an address",
                "explain GET /shop --header nonsense | allowed: \"Name: value\"",
                "explain GET /shop --context /other | is not where /shop begins",
                "explain GET /shop --context other | allowed: a context path",
                "explain GET /shop --state maybe | allowed: 1 on t true y yes",
                "attach | allowed: attach PID",
                "attach shop | no process id",
                "attach --all 1 2 | allowed: attach PID",
                "attach 1 colour=red | colour",
                "detach | allowed: detach PID",
                "detach -1 | -1",
                "list extra | \"extra\" is not known here",
            })
    void run_wrongUsage_exits2WithOneLine(String line, String said) {
        CommandLineRunner.Outcome outcome =
                runner.run(CommandLineRunner.words(line)).failed(2, said);
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains(" --help"), outcome::toString);
        assertFalse(outcome.toString().contains("secret"), outcome::toString);
        assertFalse(Files.exists(runner.file()), "nothing is written");
    }
}
