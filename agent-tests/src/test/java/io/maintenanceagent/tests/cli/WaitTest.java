package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.redis.Redis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Waiting for real agents in real servers: two that follow one file. */
final class WaitTest {

    private static final Request NEW = Request.get("/shop/greeting");

    private static final Cli CLI = new Cli();
    private static ServerProcess one;
    private static ServerProcess two;

    /** The other one follows the same file by a link in another directory. */
    @BeforeAll
    static void start() throws IOException {
        Path link = Project.newDirectory("link").resolve("linked.mode");
        Files.createSymbolicLink(link, CLI.file());
        one = shop("one", "file=" + CLI.file());
        two = shop("two", "file=" + link);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    private static ServerProcess shop(String app, String options) {
        return ServerProcess.start(Cell.any(), command -> command.agent("app=" + app + "," + options));
    }

    @Test
    void untilAllIsQuietAndBack() throws Exception {
        Gate gate = new Gate();
        CompletableFuture<Response> slow =
                CompletableFuture.supplyAsync(() -> two.http().get(gate.on("/shop/slow")));
        gate.awaitEntered();
        try (JavaProcess on = CLI.start("on", "--wait=50s")) {
            on.awaitStdout("^one on .*: in maintenance, drained$", Cli.LIMIT);
            on.awaitStdout("^two on .*: 1 request running, oldest GET /shop/slow for ", Cli.LIMIT);
            assertTrue(Refusal.refuses(one.http().send(NEW))
                    && Refusal.refuses(two.http().send(NEW)));
            assertTrue(on.isAlive());

            String status = CLI.run("status").done().text();
            assertTrue(status.matches("(?s).*\none on \\S+ \\(\\d+\\) +on +store +0 .*"), status);
            assertTrue(status.matches("(?s).*\n! two on .*: 1 request running, .*"), status);
            String json = CLI.run("status", "--json").done().text();
            assertTrue(
                    json.matches(".*\"instances\":\\[(\\{\"name\":\"[^\"]*\",\"enforces\":true,\"decidedBy\":\"store\","
                            + "\"version\":\"[^\"]*\",\"report\":\\{.*}},?){2}]}"),
                    json);

            gate.open();
            assertEquals(200, slow.get(30, TimeUnit.SECONDS).status());
            assertEquals(0, on.awaitExit(Cli.LIMIT), on::toString);
            on.awaitStdout("^All 2 instances that report are in maintenance, and drained$", Cli.LIMIT);
            assertFalse(on.toString().contains("\033"), "a file is no terminal");
        }
        assertTrue(
                CLI.run("off", "--wait").done().text().endsWith("All 2 instances that report have left maintenance"));
        assertEquals(200, one.http().send(NEW).status());
        assertEquals(200, two.http().send(NEW).status());
        String later = CLI.run("on", "--from", "1h", "--wait").done().text();
        assertTrue(later.endsWith("have taken the state; maintenance begins later"), later);
        CLI.run("off").done();
    }

    @Test
    void anOverrideIsShownAndEnded() throws Exception {
        CLI.run("off", "--wait").done();
        long pid = one.process().pid();
        try (Management management = Management.of(one)) {
            management.call("on", "Only here");
            Await.until(
                    Cli.LIMIT,
                    () -> "not shown",
                    () -> CLI.run("status")
                            .text()
                            .matches("(?s).*\none on \\S+ \\(" + pid + "\\) +on +override .*off --override " + pid
                                    + ".*"));
            CLI.run("off", "--wait=2s").failed(1, "one on ");
            String ended = CLI.run("off", "--override", "" + pid).text();
            assertTrue(ended.contains("its temporary override has ended"), ended);
            assertEquals(200, one.http().send(NEW).status());
            assertTrue(CLI.run("off", "--override", "" + pid).text().contains("it had no temporary override"));
            CLI.run("off", "--wait").done();
        }
        String list = CLI.run("list").text();
        assertTrue(list.matches("(?s)PID +USER +JAVA +AGENT +STATE +WOVEN +APP +STORE +FILE +RUNS\n.*"), list);
        assertTrue(list.matches("(?s).*\n" + pid + " .* one +file +" + CLI.file() + " .*"), list);
        String json = CLI.run("list", "--json").text();
        assertTrue(json.contains("\"app\":\"one\",\"store\":\"file\",\"file\":\"" + CLI.file() + "\""), json);
    }

    @Test
    void whoHoldsItUpIsNamed() throws Exception {
        Gate gate = new Gate();
        CompletableFuture<Response> slow =
                CompletableFuture.supplyAsync(() -> one.http().get(gate.on("/shop/slow")));
        gate.awaitEntered();
        Cli.Outcome late = CLI.run("on", "--wait=10s");
        late.failed(1, "not within 10 s: one on ");
        assertTrue(late.err().get(0).contains("1 request running, oldest GET /shop/slow for"), late::toString);
        assertFalse(late.err().get(0).contains("two on"), late::toString);
        Cli.Outcome run = CLI.run("run", "--wait=5s", "--", "touch", "was-run");
        assertEquals(1, run.code(), run::toString);
        assertTrue(run.err().get(run.err().size() - 1).contains("(COMMAND was not run)"), run::toString);
        assertFalse(CLI.directory().resolve("was-run").toFile().exists());
        gate.open();
        slow.get(30, TimeUnit.SECONDS);
        CLI.run("off", "--wait").done();
    }

    @Test
    void oneThatNeverFollows() {
        Cli cli = new Cli();
        cli.write("maintenance.mode", "off");
        try (ServerProcess stubborn = shop("stubborn", "enable=false,file=" + cli.file())) {
            stubborn.http().send(NEW);
            Cli.Outcome on = cli.run("on", "--wait=50s");
            on.failed(1, "stubborn on ");
            assertTrue(on.err().get(0).contains("never follows: its own setting enable=false decides"), on::toString);

            // Killed, it cannot take its leave, and yet nobody waits for it for long.
            ProcessHandle.of(stubborn.process().pid()).orElseThrow().destroyForcibly();
            Await.until(
                    Cli.LIMIT,
                    () -> "still listed",
                    () -> cli.run("status", "--json").text().endsWith("\"instances\":[]}"));
        }
    }

    @Test
    void nobodyIsAnErrorAndNoSuccess() {
        Cli cli = new Cli();
        cli.run("on", "--wait=1s").failed(1, "no instance reports to " + cli.file());
        cli.run("off", "--wait=1s", "--json").failed(1, "no instance reports to " + cli.file());
    }

    /** Its reports stop, and yet it will go on with what it has let in. */
    @Test
    void oneWhoseProcessIsStopped() throws Exception {
        CLI.run("off", "--wait").done();
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "only Linux tells of processes");
        long pid = two.process().pid();
        signal("-STOP", pid);
        try (Stream<Path> reports = Files.list(Path.of(CLI.file() + ".instances"))) {
            Path report = reports.filter(path -> path.getFileName().toString().contains("-" + pid + "-"))
                    .findFirst()
                    .orElseThrow();
            Files.setLastModifiedTime(report, FileTime.fromMillis(System.currentTimeMillis() - 1));
            CLI.run("on", "--wait=1s").failed(1, "two on ");
        } finally {
            signal("-CONT", pid);
        }
        CLI.run("on", "--wait").done();
        CLI.run("off", "--wait").done();
    }

    private static void signal(String signal, long pid) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor());
    }

    @Test
    void oneThatSomebodyElseChanges() {
        Cli cli = new Cli();
        try (JavaProcess on = cli.start("on", "--wait=50s")) {
            on.awaitStdout("^Maintenance is on", Cli.LIMIT);
            cli.write("maintenance.mode", "{\"enabled\":false,\"by\":\"mallory\"}");
            assertEquals(1, on.awaitExit(Cli.LIMIT));
            assertTrue(on.stderr().toString().contains("was changed meanwhile by mallory"), on::toString);
        }
    }

    @Test
    void throughRedis() {
        try (Redis redis = Redis.running();
                ServerProcess shop = shop("shop", "store=" + redis.uri("shop"))) {
            Cli cli = new Cli().with("MAINTENANCE_STORE", redis.uri("shop"));
            assertTrue(cli.run("on", "--wait").done().text().endsWith("is in maintenance, and drained"));
            assertTrue(Refusal.refuses(shop.http().send(NEW)));
            String json = cli.run("off", "--wait", "--json").done().text();
            assertTrue(json.contains("\"instances\":[{\"name\":\"shop-"), json);
            assertEquals(200, shop.http().send(NEW).status());
            Cli.Outcome run = cli.run("run", "--wait", "--", "sh", "-c", "echo quiet");
            assertEquals(0, run.code(), run::toString);
            assertEquals("quiet", run.text());
            Await.until(
                    Cli.LIMIT,
                    () -> "not restored",
                    () -> redis.send("GET", "shop").contains("false"));
            redis.send("DEL", "shop");
            assertEquals(5, cli.run("run", "--", "sh", "-c", "exit 5").code());
            assertEquals(null, redis.send("GET", "shop"));
        }
    }
}
