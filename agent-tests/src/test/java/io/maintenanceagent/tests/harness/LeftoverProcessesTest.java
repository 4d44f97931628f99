package io.maintenanceagent.tests.harness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class LeftoverProcessesTest {

    @Test
    void childAndOrphan_areKilled() throws Exception {
        assumeTrue(System.getenv(LeftoverProcesses.VARIABLE) != null, "not run by the build");
        assumeTrue(Files.isDirectory(Path.of("/proc/self")) && Files.isExecutable(Path.of("/bin/sh")), "no Linux");
        Process child = new ProcessBuilder("sleep", "600").start();
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 600 > /dev/null 2>&1 & echo $!").start();
        long pid;
        try (BufferedReader said = parent.inputReader()) {
            pid = Long.parseLong(said.readLine());
        }
        parent.waitFor();
        ProcessHandle orphan = ProcessHandle.of(pid).orElseThrow();
        assertTrue(orphan.isAlive() && child.isAlive());
        LeftoverProcesses.kill();
        assertFalse(orphan.isAlive() || child.isAlive());
    }
}
