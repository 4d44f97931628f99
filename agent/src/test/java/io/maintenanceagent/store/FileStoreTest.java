package io.maintenanceagent.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {

    @TempDir
    Path directory;

    private Path file;
    private FileStore store;

    @BeforeEach
    void open() {
        file = directory.resolve("a/maintenance.mode");
        store = new FileStore(file.toFile());
    }

    private void write(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String read() throws IOException {
        byte[] content = store.read();
        return content == null ? null : new String(content, UTF_8);
    }

    @Test
    void holdsNothingWithoutAFileOrADirectory() throws IOException {
        assertNull(store.read());
        write("on");
        assertEquals("on", read());
        Files.delete(file);
        assertNull(store.read());
        Files.delete(file.getParent());
        assertNull(store.read());
    }

    @Test
    void seesAnotherFileOfEqualSizeAndTime() throws IOException {
        write("1");
        FileTime time = Files.getLastModifiedTime(file);
        assertEquals("1", read());
        Path other = Files.writeString(directory.resolve("other"), "0");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertEquals("0", read());
    }

    @Test
    void followsASwappedLinkInTheMiddleOfThePath() throws IOException {
        for (String version : new String[] {"v1", "v2"}) {
            Files.writeString(Files.createDirectory(directory.resolve(version)).resolve("maintenance.mode"), version);
        }
        Path link = Files.createSymbolicLink(directory.resolve("a"), directory.resolve("v1"));
        assertEquals("v1", read());
        Files.delete(link);
        Files.createSymbolicLink(link, directory.resolve("v2"));
        assertEquals("v2", read());
    }

    @Test
    void readsUpToOneMebibyte() throws IOException {
        byte[] largest = new byte[1024 * 1024];
        write("");
        Files.write(file, largest);
        assertArrayEquals(largest, store.read());
        Files.write(file, new byte[1024 * 1024 + 1]);
        assertTrue(assertThrows(IOException.class, store::read).getMessage().contains("larger than the 1 MiB"));
    }

    @Test
    void doesNotTakeADirectoryForNothing() throws IOException {
        Files.createDirectories(file);
        assertTrue(assertThrows(IOException.class, store::read).getMessage().contains("is a directory"));
    }

    @Test
    void doesNotWaitForANamedPipe() throws Exception {
        write("on");
        Files.delete(file);
        assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "no mkfifo here");
        assertTrue(assertThrows(IOException.class, store::read).getMessage().contains("not a regular file"));
    }

    /** A parent that became a file is no proof that nobody said anything. */
    @Test
    void doesNotTakeAnErrorForNothing() throws IOException {
        write("on");
        assertEquals("on", read());
        Files.delete(file);
        Files.delete(file.getParent());
        Files.writeString(file.getParent(), "");
        assertThrows(IOException.class, store::read);
    }

    @Test
    void doesNotTakeALackOfPermissionForNothing() throws IOException {
        write("on");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(file), "this user may read everything");
        assertTrue(assertThrows(IOException.class, store::read).getMessage().contains("cannot be opened"));
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("---------"));
        assertThrows(IOException.class, store::read);
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
    }
}
