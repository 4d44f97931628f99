package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Interrupts;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.redis.Redis;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command within a maintenance. Whom it waits for is another test's; here nobody is waited for. */
final class RunTest {

    private static final String ODD = " Off\n\n";
    private static final String CHILD =
            "echo child $$; trap 'echo told; exit 9' TERM; touch begun; while :; do sleep 0.05; done";

    private final Cli cli = new Cli();

    private Cli.Outcome run(String... arguments) {
        return cli.run(runOf(arguments));
    }

    private static String[] runOf(String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--no-wait", "--by", "alice"));
        all.addAll(List.of(arguments));
        return all.toArray(new String[0]);
    }

    private void awaitBegun() {
        Await.until(
                Cli.LIMIT, () -> "not begun", () -> Files.exists(cli.directory().resolve("begun")));
    }

    @Test
    void aCommandHasItsStreamsAndItsExitCode() throws Exception {
        cli.write("maintenance.mode", ODD);
        try (JavaProcess run = cli.start(runOf("--", "sh", "-c", "cat; cat maintenance.mode; echo oops >&2; exit 7"))) {
            run.type("what was typed\n");
            run.endInput();
            assertEquals(7, run.awaitExit(Cli.LIMIT), run::toString);
            List<String> out = run.stdout().lines();
            assertEquals("what was typed", out.get(0));
            assertTrue(out.get(1).startsWith("{\"enabled\":true,"), out::toString);
            assertTrue(out.get(1).contains("\"by\":\"alice\""), out::toString);
            assertEquals(2, out.size(), "nothing else on standard output");
            assertTrue(run.stderr().lines().contains("oops"), run::toString);
            run.awaitStderr(
                    "^maintenance-agent: COMMAND ended with 7; what was there before is there again: off$", Cli.LIMIT);
        }
        assertEquals(ODD, cli.state());
    }

    @Test
    void nothingIsPutBackAsNothing() {
        assertEquals(0, run("--", "test", "-f", "maintenance.mode").code());
        assertFalse(Files.exists(cli.file()));
        Cli.Outcome unknown = run("--", "no-such-command");
        assertEquals(1, unknown.code());
        assertTrue(unknown.err().toString().contains("\"no-such-command\" cannot be started"), unknown::toString);
        assertFalse(Files.exists(cli.file()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalIsPassedOnAndTheStatePutBack(String signal) throws Exception {
        cli.write("maintenance.mode", ODD);
        try (JavaProcess run = cli.start(Interrupts.asUsual(), runOf("--", "sh", "-c", CHILD))) {
            awaitBegun();
            assertTrue(cli.state().contains("alice"));
            signal(signal, run.pid());
            assertEquals(9, run.awaitExit(Cli.LIMIT), run::toString);
            assertTrue(run.stdout().lines().contains("told"), run::toString);
        }
        assertEquals(ODD, cli.state());
    }

    @Test
    void aCommandThatDoesNotListenIsKilled() throws Exception {
        try (JavaProcess run = cli.start(runOf(
                "--kill-after=1s", "--", "sh", "-c", "trap '' TERM; touch begun; while :; do sleep 0.05; done"))) {
            awaitBegun();
            signal("TERM", run.pid());
            assertEquals(137, run.awaitExit(Cli.LIMIT), run::toString);
            run.awaitStderr("has not ended within 1 s after the signal; it is killed", Cli.LIMIT);
        }
        assertFalse(Files.exists(cli.file()));
    }

    @Test
    void aSignalBeforeTheCommandRuns() throws Exception {
        cli.write("maintenance.mode", ODD);
        try (JavaProcess run = cli.start("run", "--", "touch", "begun")) { // waits for instances that there are none of
            Await.until(Cli.LIMIT, () -> "not on", () -> cli.state().contains("true"));
            signal("TERM", run.pid());
            assertEquals(143, run.awaitExit(Cli.LIMIT), run::toString);
        }
        assertEquals(ODD, cli.state());
        assertFalse(Files.exists(cli.directory().resolve("begun")));
    }

    @Test
    void onFailureItMayStayOn() {
        Cli.Outcome failed = run("--keep-on-failure", "-m", "Soon", "--", "sh", "-c", "exit 4");
        assertEquals(4, failed.code());
        assertTrue(failed.err().toString().contains("ended with 4; maintenance stays on"), failed::toString);
        assertTrue(
                cli.state().matches("\\{\"enabled\":true,\"message\":\"Soon\",\"from\":\".*\",\"by\":\"alice\"}\n"),
                cli.state());
        assertEquals(3, cli.run("status", "--exit-code").code());

        cli.write("maintenance.mode", ODD);
        assertEquals(
                4,
                run("--keep-on-failure", "--if-lost", "off", "--", "sh", "-c", "exit 4")
                        .code());
        assertFalse(cli.state().contains("until"), "it does not end by itself any more");
        cli.write("maintenance.mode", ODD);
        assertEquals(0, run("--keep-on-failure", "--", "true").code());
        assertEquals(ODD, cli.state());
    }

    @Test
    void whatSomebodyElseWritesIsLeftToThem() {
        String theirs = "{\"enabled\":true,\"by\":\"bob\"}";
        Cli.Outcome run = run("--", "sh", "-c", "printf '" + theirs + "' > maintenance.mode");
        assertEquals(0, run.code());
        assertTrue(run.err().toString().contains("was changed meanwhile by bob, and is left as it is"), run::toString);
        assertEquals(theirs, cli.state());
    }

    @Test
    void aLeaseIsRenewedAndEndsWhatWasKilled() throws Exception {
        try (JavaProcess run = cli.start(runOf("--lease=3s", "--", "sh", "-c", CHILD))) {
            awaitBegun();
            Instant first = until();
            Await.until(Cli.LIMIT, () -> "not renewed", () -> until().isAfter(first.plusSeconds(3)));
            assertEquals(3, cli.run("status", "--exit-code").code());
            long child =
                    Long.parseLong(run.awaitStdout("^child (\\d+)$", Cli.LIMIT).group(1));
            signal("KILL", run.pid());
            signal("KILL", child);
            run.awaitExit(Cli.LIMIT);
        }
        assertTrue(cli.state().contains("\"enabled\":true"), "nobody could put anything back");
        Await.until(
                Duration.ofSeconds(30),
                () -> "still on",
                () -> cli.run("status", "--exit-code").code() == 0);
        assertTrue(cli.run("status").text().startsWith("State    expired"));
    }

    @Test
    void whatHasNoLeaseStays() throws IOException {
        run("--if-lost", "on", "--", "cp", "maintenance.mode", "seen");
        assertFalse(Files.readString(cli.directory().resolve("seen")).contains("until"));
        cli.write("maintenance.mode", "on");
        run("--", "cp", "maintenance.mode", "seen");
        assertFalse(Files.readString(cli.directory().resolve("seen")).contains("until"), "it was on without an end");
        assertEquals("on", cli.state());
    }

    @Test
    void anEndThatWasGivenIsTold() throws IOException {
        run("--for", "2h", "--", "cp", "maintenance.mode", "seen");
        Matcher until = Pattern.compile("\"until\":\"(.*?)\"")
                .matcher(Files.readString(cli.directory().resolve("seen")));
        assertTrue(until.find());
        assertTrue(Instant.parse(until.group(1)).isAfter(Instant.now().plusSeconds(7000)));
    }

    @Test
    void aStoreThatIsAwayForAMoment() throws Exception {
        try (Redis redis = Redis.running()) {
            redis.send("SET", "shop", ODD);
            cli.with("MAINTENANCE_STORE", redis.uri("shop"));
            String waits = "touch begun; until [ -f go ]; do sleep 0.05; done";
            try (JavaProcess run = cli.start(runOf("--lease=3s", "--", "sh", "-c", waits))) {
                awaitBegun();
                redis.pause();
                run.awaitStderr("cannot be reached", Cli.LIMIT); // the lease's renewal
                ProcessHandle command = ProcessHandle.of(run.pid())
                        .orElseThrow()
                        .children()
                        .findFirst()
                        .orElseThrow();
                cli.write("go", "");
                Await.until(Cli.LIMIT, run::toString, () -> !command.isAlive()); // the state is put back now, in vain
                redis.resume();
                assertEquals(0, run.awaitExit(Cli.LIMIT), run::toString);
                run.awaitStderr("COMMAND ended with 0; what was there before is there again: off", Cli.LIMIT);
            }
            assertEquals(ODD, redis.send("GET", "shop"));
            redis.kill();
            run("--", "true").failed(1, "cannot be reached (Connection refused)");
        }
    }

    @Test
    void theAgentKeepsOutOfTheCommandLine() {
        cli.with("JAVA_TOOL_OPTIONS", "-javaagent:" + Project.agentJar() + "=audit=audit.log,file=maintenance.mode");
        assertEquals(0, run("--", "sleep", "1").code());
        assertFalse(Files.exists(cli.directory().resolve("audit.log")), "this JVM enforces nothing");
    }

    private Instant until() {
        Matcher until = Pattern.compile("\"until\":\"(.*?)\"").matcher(cli.state());
        assertTrue(until.find(), cli::state);
        return Instant.parse(until.group(1));
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "" + pid).inheritIO().start().waitFor();
    }
}
