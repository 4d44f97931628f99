package io.maintenanceagent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFilesOnDiskTest {

    @TempDir
    Path directory;

    @Test
    void read_relativeName_readsBesideThePolicyAndNoticesChanges() throws Exception {
        PolicyFilesOnDisk files =
                new PolicyFilesOnDisk(directory.resolve("policy.json").toFile());
        assertFalse(files.changed());
        Path page = Files.writeString(directory.resolve("page.html"), "\uFEFF<p>ü");
        assertEquals("<p>ü", files.read("page.html"));
        assertEquals("<p>ü", files.read(page.toString()));
        assertFalse(files.changed());
        Files.writeString(page, "<p>ö");
        assertTrue(files.changed());
        assertEquals("<p>ö", files.read("page.html"));
        assertEquals("<p>ö", files.read(page.toString()));
        assertFalse(files.changed());
        Files.delete(page);
        assertTrue(files.changed());
    }

    @Test
    void changed_missingFileAppears_true() throws Exception {
        PolicyFilesOnDisk files =
                new PolicyFilesOnDisk(directory.resolve("policy.json").toFile());
        assertEquals(
                "is not there",
                assertThrows(IOException.class, () -> files.read("a")).getMessage());
        assertFalse(files.changed());
        Files.writeString(directory.resolve("a"), "");
        assertTrue(files.changed());
        assertEquals("", files.read("a"));
    }

    @Test
    void read_notUtf8_fails() throws Exception {
        PolicyFilesOnDisk files =
                new PolicyFilesOnDisk(directory.resolve("policy.json").toFile());
        assertThrows(IOException.class, () -> files.read("."));
        Files.write(directory.resolve("a"), new byte[] {(byte) 0xC0, (byte) 0x80});
        assertThrows(IOException.class, () -> files.read("a"));
        Files.write(directory.resolve("a"), new byte[1024 * 1024 + 1]);
        assertThrows(IOException.class, () -> files.read("a"));
    }

    @Test
    void read_pipeOrDirectory_failsAtOnce() throws Exception {
        PolicyFilesOnDisk files =
                new PolicyFilesOnDisk(directory.resolve("policy.json").toFile());
        assumeTrue(
                new ProcessBuilder("mkfifo", directory.resolve("pipe").toString())
                                .start()
                                .waitFor()
                        == 0,
                "no mkfifo");
        for (String name : new String[] {".", "pipe", "/dev/zero"}) {
            String message =
                    assertThrows(IOException.class, () -> files.read(name)).getMessage();
            assertEquals("is not a file", message, name);
            assertFalse(files.changed());
        }
    }

    /** Files of {@code /proc} have no length. */
    @Test
    void read_unknownLength_readsTheWholeFile() throws Exception {
        Path made = Path.of("/proc/self/status");
        assumeTrue(Files.exists(made), "no such file here");
        PolicyFilesOnDisk files =
                new PolicyFilesOnDisk(directory.resolve("policy.json").toFile());
        assertTrue(files.read(made.toString()).contains("Threads:"));
    }
}
