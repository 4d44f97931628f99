package io.maintenanceagent.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** Each way of changing a file is seen by an event, not by the store's poll. */
    @Test
    void awaitChange_fileChanges_returns() throws Exception {
        FileEvents events = new FileEvents(List.of(file));
        assumeTrue(events.await(0), "no file events on this platform");
        assertTold(events, () -> Files.createDirectory(file.getParent()));
        assertTold(events, () -> Files.writeString(file, "on"));
        assertTold(events, () -> Files.writeString(file, "off"));
        assertTold(
                events,
                () -> Files.move(
                        Files.writeString(directory.resolve("next"), "on"), file, StandardCopyOption.REPLACE_EXISTING));
        assertTold(events, () -> Files.delete(file));
        Path target = Files.writeString(directory.resolve("target"), "on");
        assertTold(events, () -> Files.createSymbolicLink(file, target));
        assertTold(events, () -> Files.writeString(target, "off"));
        events.close();
    }

    @Test
    void awaitChange_otherFileChanges_returns() throws Exception {
        write("on");
        FileEvents events = new FileEvents(List.of(file));
        assumeTrue(events.await(0), "no file events on this platform");
        Path policy = Files.createDirectory(directory.resolve("b")).resolve("policy.json");
        Path page = file.resolveSibling("page.html");
        events.watch(List.of(file, policy, page));
        assertTold(events, () -> Files.writeString(policy, "{}"));
        assertTold(events, () -> Files.writeString(page, "<p>"));
        assertTold(events, () -> Files.writeString(file, "off"));
        events.watch(List.of(file));
        while (eventsWithin(events, 20)) {} // what happened before is told
        Files.writeString(policy, "{ }");
        Files.writeString(page, "<p></p>");
        assertFalse(eventsWithin(events, 100));
        events.close();
    }

    @Test
    void awaitChange_swappedConfigMap_returns() throws Exception {
        Path volume = Files.createDirectories(file.getParent());
        for (String version : new String[] {"..1", "..2"}) {
            Files.writeString(Files.createDirectory(volume.resolve(version)).resolve("maintenance.mode"), version);
        }
        Files.createSymbolicLink(volume.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(file, Path.of("..data/maintenance.mode"));
        FileEvents events = new FileEvents(List.of(file));
        assumeTrue(events.await(0), "no file events on this platform");
        assertEquals("..1", read());
        Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of("..2"));
        assertTold(
                events,
                () -> Files.move(
                        volume.resolve("..data_tmp"), volume.resolve("..data"), StandardCopyOption.REPLACE_EXISTING));
        assertEquals("..2", read());
        events.close();
    }

    @Test
    void await_manyEventsOfOthers_usesPolling() throws Exception {
        write("on");
        FileEvents events = new FileEvents(List.of(file));
        assumeTrue(events.await(0), "no file events on this platform");
        AtomicBoolean stop = new AtomicBoolean();
        Path log = file.resolveSibling("application.log");
        Thread writer = new Thread(() -> {
            try (var out = Files.newOutputStream(log)) {
                while (!stop.get()) {
                    out.write('x');
                    Thread.sleep(1);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (events.await(100)) {
                assertTrue(System.nanoTime() < end, "still awake for every line of somebody's log");
            }
        } finally {
            stop.set(true);
            writer.join();
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void assertTold(FileEvents events, Action action) throws Exception {
        while (events.await(1)) {
            if (!eventsWithin(events, 20)) {
                break; // what happened before is told
            }
        }
        action.run();
        assertTrue(eventsWithin(events, 10_000), "no event");
    }

    private static boolean eventsWithin(FileEvents events, long millis) throws InterruptedException {
        long begin = System.nanoTime();
        assertTrue(events.await(millis));
        return System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void read_noFileOrNoDirectory_null() throws IOException {
        assertNull(store.read());
        write("on");
        assertEquals("on", read());
        Files.delete(file);
        assertNull(store.read());
        Files.delete(file.getParent());
        assertNull(store.read());
    }

    @Test
    void read_otherFileOfEqualSizeAndTime_isRead() throws IOException {
        write("1");
        FileTime time = Files.getLastModifiedTime(file);
        assertEquals("1", read());
        Path other = Files.writeString(directory.resolve("other"), "0");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertEquals("0", read());
    }

    @Test
    void read_swappedDirectoryLink_isFollowed() throws IOException {
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
    void read_moreThanOneMebibyte_fails() throws IOException {
        byte[] largest = new byte[1024 * 1024];
        write("");
        Files.write(file, largest);
        assertArrayEquals(largest, store.read());
        Files.write(file, new byte[1024 * 1024 + 1]);
        assertTrue(assertThrows(IOException.class, store::read).getMessage().contains("larger than the 1 MiB"));
    }

    @Test
    void read_directory_fails() throws IOException {
        Files.createDirectories(file);
        assertTrue(assertThrows(IOException.class, store::read).getMessage().contains("is a directory"));
    }

    @Test
    void read_namedPipe_failsAtOnce() throws Exception {
        write("on");
        Files.delete(file);
        assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "no mkfifo here");
        assertTrue(assertThrows(IOException.class, store::read).getMessage().contains("not a regular file"));
    }

    /** A parent that became a file does not mean that there is no state. */
    @Test
    void read_error_fails() throws IOException {
        write("on");
        assertEquals("on", read());
        Files.delete(file);
        Files.delete(file.getParent());
        Files.writeString(file.getParent(), "");
        assertThrows(IOException.class, store::read);
    }

    @Test
    void read_noPermission_fails() throws IOException {
        write("on");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(file), "this user may read everything");
        assertTrue(assertThrows(IOException.class, store::read).getMessage().contains("cannot be opened"));
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("---------"));
        assertThrows(IOException.class, store::read);
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
    }
}
