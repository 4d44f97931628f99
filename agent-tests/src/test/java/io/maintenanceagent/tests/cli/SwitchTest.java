package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.redis.Redis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** On, off and status, with a file and with Redis, and what becomes of them where they cannot work. */
final class SwitchTest {

    private final Cli cli = new Cli();

    @Test
    void aFile() {
        assertTrue(cli.run("--version").done().text().matches("Maintenance Agent \\d+\\.\\d+\\..*"));
        assertTrue(cli.run("status").done().text().contains("nobody has said anything"));
        String all =
                "on -m Soon --for 30m --retry-after 60 --read-only --path /shop/a/** --path /b --context / --context"
                        + " /shop --host *.example.com --reason because";
        Instant before = Instant.now();
        assertTrue(cli.run(all.split(" ")).done().text().startsWith("Maintenance is on until "));
        Matcher state = Pattern.compile(
                        "\\{\"enabled\":true,\"message\":\"Soon\",\"retryAfter\":60,\"until\":\"(.*?)\","
                                + "\"mode\":\"read-only\",\"paths\":\\[\"/shop/a/\\*\\*\",\"/b\"],"
                                + "\"hosts\":\\[\"\\*.example.com\"],"
                                + "\"contexts\":\\[\"\",\"/shop\"],\"by\":\"[^\"@]+@[^\"@]+\","
                                + "\"reason\":\"because\"}\n")
                .matcher(cli.state());
        assertTrue(state.matches(), cli::state);
        Duration length = Duration.between(before, Instant.parse(state.group(1)));
        assertTrue(length.compareTo(Duration.ofMinutes(30)) >= 0, length::toString);
        assertTrue(length.compareTo(Duration.ofMinutes(31)) < 0, length::toString);

        String told = cli.run("status").done().text();
        for (String line : List.of(
                "State    read-only",
                "Source   " + cli.file(),
                "Scope    read-only, paths /shop/a/** /b, hosts *.example.com, contexts / /shop",
                "Reason   because",
                "Message  Soon",
                "(in ",
                "Retry    after 60 s",
                "No instance reports to this store; list shows")) {
            assertTrue(told.contains(line), () -> line + " is not in\n" + told);
        }
        assertTrue(told.matches("(?s).*\nBy {7}\\S+@\\S+\n.*\nSince {4}[-0-9: +]+\\(\\d+ s ago\\)\n.*"), told);
        assertEquals(3, cli.run("status", "--exit-code").code());

        assertTrue(
                cli.run("off", "--by", "bob", "--reason", "done").done().text().startsWith("Maintenance is off"));
        assertEquals("{\"enabled\":false,\"by\":\"bob\",\"reason\":\"done\"}\n", cli.state());
        assertEquals(0, cli.run("status", "--exit-code").code());
    }

    @Test
    void forPrograms() {
        cli.write("alice", "off");
        String on = cli.run("on", "--json", "--by", "@alice", "-m", "Bald zurück")
                .done()
                .text();
        assertEquals(
                "{\"store\":\"" + cli.file() + "\",\"state\":{\"enabled\":true,\"message\":\"Bald zur\\u00FCck\","
                        + "\"by\":\"@alice\"},\"instances\":[]}",
                on.replace("\\u00fc", "\\u00FC"));
        String status = cli.run("status", "--json").done().text();
        assertTrue(
                status.matches("\\{\"maintenance\":true,\"phase\":\"on\",\"source\":\"store\",\"store\":\".*\","
                        + "\"by\":\"@alice\","
                        + "\"since\":\".*Z\",\"state\":\\{.*},\"instances\":\\[]}"),
                status);
        String off = cli.run("off", "--json", "--by", "bob").done().text();
        assertTrue(off.contains("\"before\":{\"enabled\":true,"), off);
    }

    @Test
    void aWindow() {
        String on = cli.run("on", "--from", "22:00", "--until", "23:30", "--by", "x")
                .done()
                .text();
        Matcher told = Pattern.compile("Maintenance begins \\S+ 22:00:00 \\+00:00 \\(in .*\\), ends \\S+ 23:30:00 .*")
                .matcher(on);
        assertTrue(told.lookingAt(), on);
        Matcher times =
                Pattern.compile("\"from\":\"(.*?)\",\"until\":\"(.*?)\"").matcher(cli.state());
        assertTrue(times.find(), cli::state);
        Instant from = Instant.parse(times.group(1));
        assertTrue(from.isAfter(Instant.now().minusSeconds(60)), on);
        assertEquals(Duration.ofMinutes(90), Duration.between(from, Instant.parse(times.group(2))));
        assertEquals(0, cli.run("status", "--exit-code").code(), "not yet");
        assertTrue(cli.run("status").done().text().startsWith("State    scheduled"));
    }

    @Test
    void whereTheSwitchIs() {
        Path other = cli.directory().resolve("other.mode");
        cli.with("MAINTENANCE_FILE", other.toString());
        cli.run("on").done();
        assertTrue(Cli.read(other).contains("true"));
        cli.run("off", "--file", "third.mode").done();
        assertTrue(Cli.read(cli.directory().resolve("third.mode")).contains("false"));
        cli.with("MAINTENANCE_STORE", other.toUri().toString());
        cli.run("off").done();
        assertTrue(Cli.read(other).contains("false"));
        cli.run("on", "--file", "third.mode").done();
        assertTrue(Cli.read(cli.directory().resolve("third.mode")).contains("true"), "an option wins over a variable");
        assertFalse(Files.exists(cli.file()));
        cli.with("MAINTENANCE_STORE", "nonsense").run("on").failed(2, "\"store\" has the bad value \"nonsense\"");
    }

    @Test
    void theEnvironmentCountsAndCannotBeWritten() {
        cli.with("SHOP_MODE", "on").with("MAINTENANCE_MODE", "off");
        assertTrue(cli.run("status").done().text().startsWith("State    off\nSource   the environment, since "));
        assertEquals(3, cli.run("status", "--env", "SHOP_MODE", "--exit-code").code());
        cli.run("on", "--env", "SHOP_MODE").failed(1, "environment variable SHOP_MODE cannot be changed from outside");
        Cli.Outcome garbage = cli.run("status", "--env", "PATH", "--exit-code");
        assertEquals(0, garbage.code());
        assertTrue(garbage.err().toString().contains("it counts as not set"), garbage::toString);
        cli.write("maintenance.mode", "0\n");
        assertEquals(0, cli.run("status", "--env", "SHOP_MODE", "--exit-code").code(), "the store wins");
    }

    @Test
    void watched() {
        cli.write("maintenance.mode", "off");
        try (JavaProcess status = cli.start("status", "--watch");
                JavaProcess json = cli.start("status", "--watch", "--json")) {
            status.awaitStdout("^State    off$", Cli.LIMIT);
            json.awaitStdout("\"phase\":\"off\"", Cli.LIMIT);
            cli.write("maintenance.mode", "{\"enabled\":true,\"by\":\"bob\"}");
            status.awaitStdout("^By       bob$", Cli.LIMIT);
            json.awaitStdout("\"by\":\"bob\"", Cli.LIMIT);
            cli.write("maintenance.mode", "garbage");
            status.awaitStdout("holds no state", Cli.LIMIT);
            cli.write("maintenance.mode", "off");
            Await.until(Cli.LIMIT, () -> "no end of it" + status, () -> count(status, "State    off") == 2);
            assertEquals(1, count(status, "State    on"), "said once");
        }
    }

    private static long count(JavaProcess process, String line) {
        return process.stdout().lines(line::equals).size();
    }

    @Test
    void whatIsNoState() {
        cli.write("maintenance.mode", "perhaps");
        cli.run("status")
                .failed(1, "maintenance.mode holds no state (line 1: \"perhaps\" is not a state; allowed: 1 on");
        cli.write("maintenance.mode", "");
        cli.run("status").failed(1, "is empty, which is a write in progress");
        cli.run("run", "--no-wait", "--", "true").failed(1, "nobody could put that back");
        assertEquals("", cli.state());
        cli.run("on", "--by", "x").done();
        assertEquals("{\"enabled\":true,\"by\":\"x\"}\n", cli.state());
        cli.write("maintenance.mode", "{\"enabled\":true,\"colour\":\"red\",\"message\":\"\\u001b[31m\\nb\"}");
        Cli.Outcome odd = cli.run("status");
        assertEquals(0, odd.code());
        assertEquals(1, odd.err().size(), odd::toString);
        assertTrue(odd.err().get(0).contains("unknown members [colour] are ignored"), odd::toString);
        assertTrue(odd.text().contains("Message   [31m b\n"), "what others wrote moves no cursor");
    }

    @Test
    void whatCannotBeWritten() {
        cli.run("on", "--file", "missing/maintenance.mode").failed(1, "its directory does not exist");
        cli.run("on", "--file", ".").failed(1, "is a directory");
        cli.run("on", "--store", "redis://127.0.0.1:1/0")
                .failed(1, "redis://127.0.0.1:1/0?key=maintenance cannot be reached");
        cli.run("status", "--store", "redis://u:secret@127.0.0.1:1/0").failed(1, "redis://127.0.0.1:1/0?key=");
    }

    @Test
    void redis() {
        try (Redis redis = Redis.running()) {
            String uri = redis.uri("shop");
            assertTrue(cli.run("status", "--store", uri).done().text().startsWith("State    off"));
            cli.run("on", "--store", uri, "--by", "alice", "--until", "2126-11-22T23:30+01:00")
                    .done();
            assertEquals(
                    "{\"enabled\":true,\"until\":\"2126-11-22T22:30:00Z\",\"by\":\"alice\"}\n",
                    redis.send("GET", "shop"));
            assertEquals(3, cli.run("status", "--store", uri, "--exit-code").code());
            cli.with("MAINTENANCE_STORE", uri).run("off", "--by", "bob").done();
            assertEquals("{\"enabled\":false,\"by\":\"bob\"}\n", redis.send("GET", "shop"));
            redis.send("DEL", "shop");
            redis.send("LPUSH", "shop", "on");
            cli.run("on").failed(1, "holds something else than a string");
        }
    }
}
