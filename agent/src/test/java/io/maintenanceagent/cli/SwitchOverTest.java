package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.state.Admit;
import io.maintenanceagent.state.Hold;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --hold}, {@code --admit} and {@code --ramp}. */
class SwitchOverTest {

    @TempDir
    Path directory;

    private CommandLineRunner runner;

    @BeforeEach
    void setUp() {
        runner = new CommandLineRunner(directory);
        runner.write("maintenance.mode", "off");
    }

    private State state() throws Exception {
        return StateParser.parse(runner.state().getBytes(StandardCharsets.UTF_8))
                .state();
    }

    @Test
    void on_hold_writesIt() throws Exception {
        runner.run("on", "--hold", "10s").done();
        assertEquals(new Hold(10, 100), state().hold());
        runner.run("on", "--hold", "1m", "--hold-requests", "7").done();
        assertEquals(new Hold(60, 7), state().hold());
        String status = runner.run("status").done().out();
        assertTrue(status.contains("Hold     for 60 s after it began, up to 7 requests wait in each JVM"), status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "on --hold 0s | --hold",
                "on --hold ten | a duration like",
                "on --hold-requests 5 | --hold-requests is how many requests wait with --hold",
                "on --hold 5s --hold-requests 0 | --hold-requests is 0; allowed: 1 or more",
                "on --admit 101% | allowed: a whole number of percent, 0% to 100%",
                "on --admit some | allowed: a whole number of percent",
                "off --ramp soon | a duration like",
            })
    void badValues_areWrongUsage(String command, String error) {
        runner.run(command.split(" ")).failed(2, error);
        assertEquals("off", runner.state());
    }

    @Test
    void longHold_isWarnedOf() {
        String warning = "longer than most proxies and load balancers wait (60 s by default)";
        assertFalse(runner.run("on", "--hold", "60s").done().out().contains(warning));
        assertTrue(runner.run("on", "--hold", "61s").done().out().contains(warning));
        assertTrue(runner.run("check").done().out().contains(warning));
    }

    @Test
    void check_moreRequestsThanHalfOfTheThreads_isWarnedOf() {
        runner.report("shop", "{\"app\":\"shop\",\"host\":\"web1\",\"pid\":7,\"threads\":200}");
        runner.run("on", "--hold", "5s").done();
        assertFalse(runner.run("check").done().out().contains("threads"));
        runner.run("on", "--hold", "5s", "--hold-requests", "101").done();
        String out = runner.run("check").done().out();
        assertTrue(out.contains("101 requests are to wait (hold.requests), but shop on web1 (7) has 200 threads"), out);
    }

    @Test
    void status_requestsThatWait_areShown() {
        runner.report("shop", "{\"app\":\"shop\",\"host\":\"web1\",\"pid\":7,\"held\":{\"waiting\":12,\"total\":40}}");
        String out = runner.run("status").done().out();
        assertTrue(out.contains("shop on web1 (7): 12 requests wait for the end of maintenance"), out);
    }

    /** Who is in stays in: a raised share keeps its salt, and so does the ramp at the end. */
    @Test
    void admit_raised_keepsItsSalt() throws Exception {
        runner.run("on", "--admit", "10%").done();
        Admit first = state().admit();
        assertEquals(10, first.percent());
        assertFalse(first.salt().isEmpty());
        runner.run("on", "--admit", "30", "--for", "1h").done();
        assertEquals(Admit.percent(30).salted(first.salt()), state().admit());
        assertTrue(runner.run("status").done().out().contains("Share    30 percent of the clients are let in"));
        assertTrue(runner.run("status", "--json").done().out().contains("\"share\":30,"));
        runner.run("off", "--ramp", "2m").done();
        assertEquals(Admit.ramp(30).salted(first.salt()), state().admit());
        runner.run("off").done();
        Thread.sleep(2); // another salt
        runner.run("on", "--admit", "10%").done();
        assertFalse(first.salt().equals(state().admit().salt()), "another maintenance lets others in first");
    }

    @Test
    void ramp_keepsScopeAndMessage_andEndsByItself() throws Exception {
        runner.run("on", "-m", "Back soon", "--path", "/shop/**", "--hold", "5s", "--retry-after", "7")
                .done();
        String out = runner.run("off", "--ramp", "2m", "--by", "bob").done().out();
        assertTrue(out.startsWith("Everybody is let in until "), out);
        State ramp = state();
        assertTrue(ramp.enabled());
        assertEquals("Back soon", ramp.message());
        assertEquals(1, ramp.scope().paths().size());
        assertEquals("bob", ramp.by());
        assertNull(ramp.hold());
        assertNull(ramp.retryAfter());
        assertEquals(Admit.ramp(0), ramp.admit());
        Duration length = Duration.between(ramp.from(), ramp.until());
        assertTrue(length.toSeconds() == 121, length::toString);
        assertTrue(!ramp.from().isAfter(Instant.now()));
        assertEquals("expired", ramp.wordAt(ramp.until().toEpochMilli()));
    }

    @Test
    void ramp_withoutMaintenance_isOffAtOnce() throws Exception {
        String note = "there was no maintenance in it to ramp down; it is off at once";
        assertTrue(runner.run("off", "--ramp", "2m").done().out().contains(note));
        assertFalse(state().enabled());
        runner.run("on", "--from", "1h").done();
        assertTrue(runner.run("off", "--ramp", "2m").done().out().contains(note));
        assertFalse(state().enabled());
        runner.run("on").done();
        assertFalse(runner.run("off", "--ramp", "2m").done().out().contains(note));
    }

    @Test
    void explain_share_saysWhereTheClientStands() {
        runner.run("on", "--admit", "100%").done();
        String out = runner.run("explain", "-H", "Cookie: JSESSIONID=abc", "GET", "/shop")
                .done()
                .out();
        assertTrue(out.contains("its client, known by its cookie JSESSIONID, is at "), out);
        assertTrue(out.contains("GET /shop passes"), out);
        runner.run("on", "--hold", "5s").done();
        out = runner.run("explain", "GET", "/shop").done().out();
        assertTrue(
                out.contains("for 5 s after maintenance began it waits for the end, as one of 100 at the most"), out);
    }
}
