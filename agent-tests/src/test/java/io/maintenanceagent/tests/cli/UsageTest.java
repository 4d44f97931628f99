package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the jar says to somebody who does not know it yet, or mistypes. */
final class UsageTest {

    private static final Cli CLI = new Cli();

    @Test
    void helpTeachesAndFitsATerminal() {
        String alone = CLI.run().done().text();
        assertEquals(alone, CLI.run("--help").done().text());
        for (String taught : List.of("on --for 30m", "status", "off --wait", "run -- ", "Exit codes: 0 ")) {
            assertTrue(alone.contains(taught), alone);
        }
        List<String> lines = new ArrayList<>(List.of(alone.split("\n")));
        for (String command : List.of("on", "off", "status", "run", "explain", "check")) {
            List<String> help = CLI.run(command, "--help").done().out();
            assertTrue(String.join("\n", help).contains("jar " + command + " [OPTION]..."), help::toString);
            lines.addAll(help);
        }
        assertEquals(
                List.of(), lines.stream().filter(line -> line.length() > 80).toList());
        assertTrue(CLI.run("--version").done().text().matches("Maintenance Agent \\d+\\.\\d+\\..*"));
    }

    /** Each is refused, and says what would not be. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "onn | perhaps on is meant",
                "on --fro 22:00 | \"--fro\" is not known here; perhaps --from is meant",
                "on --until 2020-01-01T00:00Z | is in the past; give a later one",
                "on --from 2026-11-22T22:00Z --until 2026-11-22T21:00Z --for 30m | --for and --until exclude each other",
                "on --from 2126-11-22T22:00Z --until 2126-11-22T21:00Z | is not later than --from",
                "on --from 2h --until 1h | is not later than --from",
                "on --for 0s | allowed: a duration like 90s, 30m, 2h",
                "on --for 30 | allowed: a duration like 90s, 30m, 2h",
                "on --for=-5m | allowed: a duration like 90s, 30m, 2h",
                "on --until 25:00 | allowed: 30m or 2h (from now), 22:00",
                "on --until 2126-11-22T22:00 | with an offset",
                "on --retry-after=-5 | allowed: 0 or more seconds",
                "on --retry-after -5 | --retry-after",
                "on --retry-after soon | --retry-after",
                "on --path shop | it begins with / or with regex:",
                "on --context shop | a context path like /shop",
                "on --host http://x | is not a host",
                "on --file f --store redis://127.0.0.1 | exclude each other",
                "on --store nonsense | a URI like file:/path or redis://host:6379/0?key=NAME",
                "on --store nonsense:x | allowed: file:/path, redis://",
                "on --store redis://u:secret@h:x/ | allowed: redis://",
                "on --wait=never | allowed: a duration",
                "run | COMMAND",
                "run --if-lost maybe -- true | allowed: off or on",
                "run --if-lost on --for 30m -- true | exclude each other",
                "run --from 2126-11-22T22:00Z -- true | run begins now",
                "status --watch --exit-code | exclude each other",
                "explain GET | URL",
                "explain GET shop | allowed: http://host/path",
                "explain GET /shop --address nonsense | is not an address",
                "explain GET /shop --header nonsense | allowed: \"Name: value\"",
                "explain GET /shop --context /other | is not where /shop begins",
                "explain GET /shop --state maybe | allowed: 1 on t true y yes",
            })
    void misuse(String arguments, String said) {
        Cli.Outcome outcome = CLI.run(arguments.split(" ")).failed(2, said);
        assertEquals(List.of(), outcome.out());
        assertTrue(outcome.err().get(0).contains(" --help"), outcome::toString);
        assertFalse(outcome.toString().contains("secret"), outcome::toString);
        assertFalse(Files.exists(CLI.file()), "nothing is written");
    }
}
