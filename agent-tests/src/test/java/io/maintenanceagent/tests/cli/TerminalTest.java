package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Interrupts;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Colours and pictures on a terminal, which util-linux' {@code script} makes, and nowhere else. */
final class TerminalTest {

    private static final String ESCAPE = "\033";

    private final Cli cli = new Cli();

    static List<Jdk> jdks() {
        return Jdk.runningAndNewest();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void coloursOnATerminalOnly(Jdk jdk) throws Exception {
        cli.write("maintenance.mode", "on");
        Cli other = new Cli(jdk);
        assertFalse(other.run("status", "--file", cli.file().toString())
                .done()
                .text()
                .contains(ESCAPE));
        assertFalse(other.run("--help").done().text().contains(ESCAPE));
        String coloured = typed(jdk, "", "status").awaitEnd();
        assertTrue(coloured.contains(ESCAPE + "[1;31mon"), coloured);
        assertFalse(typed(jdk, "NO_COLOR=1 ", "status").awaitEnd().contains(ESCAPE));
        assertFalse(typed(jdk, "TERM=dumb ", "status").awaitEnd().contains(ESCAPE));
        assertFalse(typed(jdk, "", "status | cat").awaitEnd().contains(ESCAPE));
    }

    @Test
    void aPictureOfTheWait() throws Exception {
        try (ServerProcess shop =
                ServerProcess.start(Cell.any(), command -> command.agent("app=shop,file=" + cli.file()))) {
            Gate gate = new Gate();
            CompletableFuture<Response> slow =
                    CompletableFuture.supplyAsync(() -> shop.http().send(Request.get(gate.on("/shop/slow"))));
            gate.awaitEntered();
            Typed on = typed(Jdk.running(), "", "on --wait=50s");
            on.await("[------------------------] 0 of 1 instances, ");
            on.await("1 request running, oldest GET /shop/slow for ");
            on.await(ESCAPE + "[2A" + ESCAPE + "[J");
            gate.open();
            on.await("[########################] 1 of 1 instances, ");
            assertTrue(on.awaitEnd().contains("The one instance that reports is in maintenance, and drained"));
            assertEquals(200, slow.get(30, TimeUnit.SECONDS).status());
        }
    }

    @Test
    void aKeyThatInterruptsBoth() throws Exception {
        cli.write("maintenance.mode", " off");
        cli.write(
                "child.sh",
                "trap 'echo told; sleep 1; exit 9' INT\ntrap 'echo told twice; exit 8' TERM\n"
                        + "touch begun\nwhile :; do sleep 0.05; done\n");
        Typed run = typed(Jdk.running(), "", "run --no-wait -- sh child.sh; echo ended with $?");
        Await.until(
                Cli.LIMIT,
                () -> "not begun: " + run,
                () -> Files.exists(cli.directory().resolve("begun")));
        run.type("\003");
        String text = run.awaitEnd();
        assertTrue(text.contains("told") && text.contains("ended with 9"), text);
        assertFalse(text.contains("told twice"), text);
        assertEquals(" off", cli.state());
    }

    /** What somebody types at a terminal, behind {@code java -jar maintenance-agent.jar}. */
    private Typed typed(Jdk jdk, String before, String arguments) throws IOException {
        String command = before + jdk.java() + " -XX:TieredStopAtLevel=1 -jar " + Project.agentJar() + " " + arguments;
        return new Typed(command, cli.directory());
    }

    /** A command at a terminal. */
    private static final class Typed {
        private final Process process;
        private final Path log;

        Typed(String command, Path directory) throws IOException {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script(1)");
            log = Files.createTempFile(directory, "typed-", ".log");
            List<String> script = new ArrayList<>(Interrupts.asUsual());
            script.addAll(List.of("/usr/bin/script", "-qec", command, "/dev/null"));
            ProcessBuilder builder = new ProcessBuilder(script)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("TERM", "xterm");
            builder.environment().keySet().removeIf(key -> key.contains("MAINTENANCE") || key.equals("NO_COLOR"));
            process = builder.start();
        }

        void type(String keys) throws IOException {
            process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }

        void await(String text) {
            Await.until(
                    Cli.LIMIT,
                    () -> text + " is not in\n" + this,
                    () -> toString().contains(text));
        }

        String awaitEnd() throws InterruptedException {
            assertTrue(process.waitFor(Cli.LIMIT.toSeconds(), TimeUnit.SECONDS), this::toString);
            return toString();
        }

        @Override
        public String toString() {
            return Cli.read(log);
        }
    }
}
