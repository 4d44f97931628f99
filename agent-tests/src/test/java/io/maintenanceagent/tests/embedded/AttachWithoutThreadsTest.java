package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server whose user has no processes left: the agent cannot start its thread there. */
final class AttachWithoutThreadsTest {

    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    private static final boolean ROOT = System.getProperty("user.name").equals("root"); // has no such limit

    private final Cli cli = new Cli();

    @Test
    void attach_noThreads_leavesNothingAndTheNextWorks() throws Exception {
        assumeTrue(succeeds("prlimit", "--nproc"), "there is no prlimit");
        assumeTrue(
                !ROOT || succeeds("test", "-r", Project.agentJar().toString()),
                "other users cannot read " + Project.agentJar());
        Cell cell = Cell.any();
        if (ROOT) {
            openToOthers(TestApplication.exploded(cell.server().namespace()), "a+rX");
            openToOthers(cell.server().launcherClasses(), "a+rX");
        }
        try (Shop shop = Shop.open(cell, (command, state) -> {
            if (ROOT) {
                command.under(AS_NOBODY.toArray(new String[0]));
                openToOthers(command.directory(), "a+rwX");
                openToOthers(state.getParent(), "a+rwX");
            }
        })) {
            String pid = Long.toString(shop.server().process().pid());
            shop.assertServesAll(cell);
            cli.run("list").done(); // makes the JVM listen
            shop.state().write("on");
            String before = limit(pid);
            assertTrue(succeeds("prlimit", "--pid", pid, "--nproc=1:"));
            for (int i = 0; i < 2; i++) {
                cli.run("attach", pid, "file=" + shop.state().path())
                        .failed(1, "does not take the agent: it cannot start there (java.lang.OutOfMemoryError");
                assertFalse(shop.refuses());
                assertTrue(listed(pid).matches(pid + " .* - +- +- +TomcatLauncher"), () -> listed(pid));
            }
            assertTrue(succeeds("prlimit", "--pid", pid, "--nproc=" + before + ":"));
            cli.run("attach", pid, "file=" + shop.state().path()).done();
            assertTrue(shop.refuses());
            assertEquals(2, shop.agentLines().size(), () -> shop.agentLines().toString());
        }
    }

    private String listed(String pid) {
        return cli.run("list").done().out().stream()
                .filter(line -> line.startsWith(pid + " "))
                .findFirst()
                .orElseThrow();
    }

    /** As it was: {@code Max processes 96365 96365 processes}. */
    private static String limit(String pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", pid, "limits")).stream()
                .filter(line -> line.startsWith("Max processes"))
                .map(line -> line.split(" {2,}")[1])
                .findFirst()
                .orElseThrow();
    }

    private static boolean succeeds(String... command) {
        List<String> whole = new ArrayList<>(ROOT ? AS_NOBODY : List.of());
        whole.addAll(List.of(command));
        try {
            return new ProcessBuilder(whole)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void openToOthers(Path directory, String mode) {
        try {
            assertEquals(
                    0,
                    new ProcessBuilder("chmod", "-R", mode, directory.toString())
                            .start()
                            .waitFor());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
