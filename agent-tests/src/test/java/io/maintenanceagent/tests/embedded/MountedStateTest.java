package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A state file on a mount, in a server with a mount namespace of its own. Takes root and Linux's {@code unshare}. */
final class MountedStateTest {

    private static final Cell CELL = new Cell(Server.UNDERTOW_2, Jdk.running());

    /** Several polls of the file. */
    private static final Duration A_WHILE = Duration.ofMillis(2500);

    private final Path directory = Project.newDirectory("mount");
    private final Path file = directory.resolve("m.mode");

    @BeforeAll
    static void needsNamespaces() {
        assumeTrue(succeeds("unshare", "-m", "true"), "this user may not make mount namespaces");
        assumeTrue(succeeds("nsenter", "--version"), "no nsenter here");
    }

    @Test
    void unmounted_keepsTheStateAndIsReported() throws IOException {
        try (Shop shop = inNamespace("mount -t tmpfs state " + directory + " && echo on > " + file)) {
            shop.awaitRefusing();
            inside(shop, "umount -l " + directory);
            assertStays(shop);
            inside(shop, "mount -t tmpfs state " + directory + " && echo off > " + file);
            shop.awaitServing();
            inside(shop, "echo on > " + file);
            shop.awaitRefusing();
            inside(shop, "rm " + file);
            shop.awaitServing();
            assertEquals(1, shop.agentLines().size(), () -> shop.agentLines().toString());
        }
    }

    @Test
    void mountedOver_keepsTheStateAndIsReported() throws IOException {
        Path other = Project.newDirectory("other");
        new StateFile(file).write("on");
        try (Shop shop = inNamespace("true")) {
            shop.awaitRefusing();
            inside(shop, "mount --bind " + other + " " + directory);
            assertStays(shop);
            inside(shop, "umount " + directory);
            new StateFile(file).write("off");
            shop.awaitServing();
        }
    }

    /** Automounters take the mount point away as well. */
    @Test
    void unmountedWithItsMountPoint_keepsTheState() throws IOException {
        Path mountPoint = directory.resolve("share");
        try (Shop shop = inNamespace(
                "mkdir " + mountPoint + " && mount -t tmpfs state " + mountPoint + " && echo on > " + mountPoint
                        + "/m.mode",
                mountPoint.resolve("m.mode"))) {
            shop.awaitRefusing();
            inside(shop, "umount -l " + mountPoint + " && rmdir " + mountPoint);
            assertStays(shop);
        }
    }

    @Test
    void fileThatIsAMountPoint_isFollowedAndReported() throws IOException {
        StateFile outside = new StateFile(Project.newDirectory("outside").resolve("m.mode"));
        outside.write("off");
        Files.writeString(file, "");
        try (Shop shop = inNamespace("mount --bind " + outside.path() + " " + file)) {
            shop.server()
                    .process()
                    .awaitStderr(
                            "^maintenance-agent: " + file + " is a mount of its own: .* mount its directory",
                            Shop.FLIP_LIMIT);
            for (int round = 0; round < 3; round++) {
                outside.write("on");
                shop.awaitRefusing();
                outside.write("off");
                shop.awaitServing();
            }
            assertEquals(1, shop.agentLines().size(), () -> shop.agentLines().toString());
        }
    }

    private static void assertStays(Shop shop) {
        shop.server()
                .process()
                .awaitStderr(
                        "^maintenance-agent: .* is gone without having been deleted: .*; the last known state stays$",
                        Shop.FLIP_LIMIT);
        Await.holds(A_WHILE, () -> "the state changed", shop::refuses);
        List<String> lines = shop.agentLines();
        assertEquals(1, lines.size(), lines::toString);
    }

    private Shop inNamespace(String preparation) {
        return inNamespace(preparation, file);
    }

    /** The server takes the place of the shell, so that its namespace can be entered by its process id. */
    private static Shop inNamespace(String preparation, Path file) {
        return Shop.open(
                CELL,
                command -> command.under("unshare", "-m", "sh", "-c", preparation + " && exec \"$@\"", "sh")
                        .agent("file=" + file),
                new StateFile(file));
    }

    private static void inside(Shop shop, String script) {
        String pid = Long.toString(shop.server().process().pid());
        assertTrue(succeeds("nsenter", "-m", "-t", pid, "sh", "-c", script), script);
    }

    private static boolean succeeds(String... command) {
        try {
            List<String> words = new ArrayList<>(List.of(command));
            return new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
