package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A container whose file systems are all mounted read-only, and whose temporary directory is none. */
final class ReadOnlyTest {

    /** In a mount namespace of its own; what is mounted below the root has to be named. */
    private static final String READ_ONLY = """
            mount --rbind / / || exit 1
            while read -r _ _ _ _ at _; do mount -o remount,bind,ro "$at" 2>/dev/null; done < /proc/self/mountinfo
            touch "$0" 2>/dev/null && exit 1
            exec "$@"
            """;

    @Test
    void theServerFlips() throws Exception {
        assumeTrue(canUnshare(), "no mount namespace can be made here");
        Cell cell = new Cell(Server.UNDERTOW_2, Jdk.running());
        try (Shop shop = Shop.open(
                cell,
                (command, state) -> command.under(
                                "unshare",
                                "-rm",
                                "sh",
                                "-c",
                                READ_ONLY,
                                command.directory().resolve("try").toString())
                        .property("java.io.tmpdir", "/nonexistent")
                        .agent("file=" + state))) {
            shop.assertFlips(cell);
            shop.assertSilent();
            assertTrue(Files.notExists(shop.state().path().resolveSibling("maintenance.mode.instances")));
        }
    }

    private static boolean canUnshare() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of("unshare", "-rm", "mount", "--rbind", "/", "/")).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
