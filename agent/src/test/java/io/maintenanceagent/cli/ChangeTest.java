package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code on} and {@code off}. */
class ChangeTest {

    @TempDir
    Path directory;

    private CommandLineRunner runner;

    @BeforeEach
    void setUp() {
        runner = new CommandLineRunner(directory);
        runner.write("maintenance.mode", "off");
    }

    @Test
    void on_options_writesTheState() {
        runner.run(CommandLineRunner.words(
                        "on -m 'Bald zurück' --retry-after 60 --read-only --path /shop/a/** --context / --host"
                                + " *.example.com --reason 'so what' --by alice"))
                .done();
        assertEquals(
                "{\"enabled\":true,\"message\":\"Bald zurück\",\"retryAfter\":60,\"mode\":\"read-only\","
                        + "\"paths\":[\"/shop/a/**\"],"
                        + "\"hosts\":[\"*.example.com\"],\"contexts\":[\"\"],\"by\":\"alice\",\"reason\":\"so "
                        + "what\"}\n",
                runner.state());
        runner.run("off", "--by", "bob", "--reason", "done").done();
        assertEquals("{\"enabled\":false,\"by\":\"bob\",\"reason\":\"done\"}\n", runner.state());
    }

    @Test
    void on_whileOn_namesTheAuthorOfTheReplacedState() {
        runner.run("on", "--by", "alice").done();
        assertTrue(runner.run("on").done().out().contains("It was on already, by alice; this replaces it"));
    }

    @Test
    void on_withoutEnd_saysHowLongClientsStayAway() {
        String hint = "Clients are told to stay away for 3600 s";
        assertTrue(runner.run("on").done().out().contains(hint));
        assertFalse(runner.run("on", "--for", "3m").done().out().contains(hint));
        assertFalse(runner.run("on", "--retry-after", "9").done().out().contains(hint));
        assertFalse(runner.run("off").done().out().contains(hint));
    }

    @Test
    void on_readOnly_hintsAtLogins() {
        String hint = "Logins by POST are refused";
        assertTrue(runner.run("on", "--read-only").done().out().contains(hint));
        assertFalse(runner.run("on").done().out().contains(hint));
    }

    @Test
    void on_noInstances_printsANote() {
        for (String command : new String[] {"on", "off"}) {
            String out = runner.run(command).done().out();
            assertTrue(out.contains("Note: no instance reports to " + runner.file()), out);
            assertTrue(out.contains("PrivateTmp") && out.contains("list shows"), out);
        }
        assertTrue(runner.run("on", "--json").done().out().contains("\"instances\":[]"));
        runner.report("shop", "{\"app\":\"shop\",\"host\":\"web1\",\"pid\":7}");
        assertFalse(runner.run("off").done().out().contains("Note:"));
    }

    @Test
    void on_unlistableReports_writesTheStateAndReportsTheError() {
        runner.write("maintenance.mode.instances", "a file");
        CommandLineRunner.Outcome on = runner.run("on");
        assertEquals(0, on.code(), on::toString);
        assertTrue(runner.state().contains("true"));
    }

    @Test
    void on_missingDirectory_fails() {
        runner.run("on", "--file", directory.resolve("missing/m.mode").toString())
                .failed(1, "its directory does not exist");
        assertFalse(Files.exists(directory.resolve("missing")));
    }

    @Test
    void on_hugeTimes_writesAReadableState() {
        runner.run("on", "--for", "99999d").done();
        assertEquals(3, runner.run("status", "--exit-code").code());
        runner.run("on", "--until", "9999-12-31T23:59:59Z").done();
        assertEquals(3, runner.run("status", "--exit-code").code());
    }

    @Test
    void on_tooLargeState_writesNothing() {
        runner.run("on", "-m", "x".repeat(1 << 20)).failed(1, "larger than the 1 MiB");
        assertEquals("off", runner.state());
        runner.run("on", "--until", "+10000-01-01T00:00Z");
        assertTrue(runner.run("status").code() == 0, "whatever it came to, it can be read");
    }

    @Test
    void run_turkishLocale_sameWords() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            runner.run("on", "--for", "1H30M", "--by", "x").done();
            assertTrue(runner.run("status").done().out().contains("State    on"));
        } finally {
            Locale.setDefault(before);
        }
    }
}
