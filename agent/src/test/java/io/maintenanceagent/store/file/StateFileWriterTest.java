package io.maintenanceagent.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileWriterTest {

    @TempDir
    Path directory;

    private Path file;
    private FileStore store;

    @BeforeEach
    void open() {
        file = directory.resolve("maintenance.mode");
        store = new FileStore(file.toFile());
    }

    private boolean write(String expected, String content) throws IOException {
        return store.compareAndSet(
                expected == null ? null : expected.getBytes(UTF_8), content == null ? null : content.getBytes(UTF_8));
    }

    @Test
    void compareAndSet_otherContent_writesNothing() throws IOException {
        assertFalse(write("off", "on"));
        assertTrue(write(null, "on"));
        assertFalse(write(null, "off"));
        assertFalse(write("off", "off"));
        assertEquals("on", Files.readString(file));
        assertTrue(write("on", null));
        assertFalse(Files.exists(file));
        assertTrue(write(null, null));
    }

    @Test
    void write_newFile_leavesNoTemporaryFile() throws IOException {
        write(null, "on");
        write("on", "off");
        assertEquals(Set.of("maintenance.mode"), names(directory));
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void write_longerAndShorter_exactContent() throws IOException {
        write(null, "on");
        String longer = "{\"enabled\":true,\"message\":\"" + "x".repeat(10_000) + "\"}";
        assertTrue(write("on", longer));
        assertEquals(longer, Files.readString(file));
        assertTrue(write(longer, "off"));
        assertEquals("off", Files.readString(file));
    }

    /** The file stays the same, with its owner, access control list, label and mount. */
    @Test
    void write_existing_inPlace() throws IOException {
        Files.writeString(file, "off");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw---x"));
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        assertTrue(write("off", "on"));
        assertEquals(key, Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        assertEquals("rw-rw---x", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void write_link_isKept() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "off");
        Files.createSymbolicLink(file, target);
        assertTrue(write("off", "on"));
        assertTrue(Files.isSymbolicLink(file));
        assertEquals("on", Files.readString(target));
    }

    @Test
    void write_danglingLink_makesItsTarget() throws IOException {
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.createSymbolicLink(file, Path.of("shared/mode"));
        assertTrue(write(null, "on"));
        assertTrue(Files.isSymbolicLink(file));
        assertEquals("on", Files.readString(shared.resolve("mode")));
        assertTrue(write("on", null));
        assertTrue(Files.isSymbolicLink(file));
        assertEquals(Set.of(), names(shared));
    }

    @Test
    void readAndWrite_loopOfLinks_fail() throws IOException {
        Files.createSymbolicLink(file, Path.of("b"));
        Files.createSymbolicLink(directory.resolve("b"), file.getFileName());
        assertRefused("is a loop of links");
        String read = assertThrows(IOException.class, store::read).getMessage();
        assertTrue(read.startsWith("is a loop of links; see "), read);
    }

    @Test
    void write_linkToADirectory_refused() throws IOException {
        for (String target : new String[] {"/", "..", ".", "/.."}) {
            Files.createSymbolicLink(file, Path.of(target));
            assertRefused("is a directory; allowed: a file");
            Files.delete(file);
        }
    }

    @Test
    void write_hardLink_refused() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "off");
        Files.createLink(file, other);
        assertRefused("has 2 names (hard links)");
        assertEquals("off", Files.readString(other));
    }

    @Test
    void write_notARegularFile_refused() throws Exception {
        Files.createDirectory(file);
        assertRefused("it is a directory");
        Files.delete(file);
        assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "no mkfifo here");
        assertRefused("it is a named pipe");
    }

    private void assertRefused(String why) {
        for (String expected : new String[] {null, "off"}) {
            String message =
                    assertThrows(IOException.class, () -> write(expected, "on")).getMessage();
            assertTrue(message.contains(why), message);
        }
        String message = assertThrows(IOException.class, store::checkWritable).getMessage();
        assertTrue(message.contains(why), message);
    }

    @Test
    void write_linkOfAnotherUser_onlyToThatUsersOwn() throws IOException {
        assumeTrue(FileFacts.currentUser() == FileFacts.ROOT, "only root makes links for others");
        Path target = Files.writeString(directory.resolve("target"), "off");
        Path link = Files.createSymbolicLink(file, target);
        Files.setAttribute(link, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
        assertRefused("is a link of another user (12345)");
        assertEquals("off", Files.readString(target));
        Files.setAttribute(target, "unix:uid", 12345);
        assertTrue(write("off", "on"));
        Files.delete(target);
        assertRefused("is a link of another user (12345)");
        assertFalse(Files.exists(target));

        Files.delete(link);
        Path foreign = Files.createDirectory(directory.resolve("foreign"));
        Path current = Files.createSymbolicLink(directory.resolve("current"), foreign);
        store = new FileStore(current.resolve("mode").toFile());
        store.checkWritable();
        assertEquals(List.of(current.toString()), store.linkedDirectories());
        Files.setAttribute(current, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
        assertRefused("current is a link of another user (12345)");
        assertEquals(Set.of(), names(foreign));
    }

    /** No file of root is written, even if another user exchanges the name between a check and an opening. */
    @Test
    void write_whileAnotherUserExchangesIt_touchesNothingElse() throws Exception {
        assumeTrue(FileFacts.currentUser() == FileFacts.ROOT, "not root");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path target = Files.writeString(directory.resolve("target"), "off\n");
        Path users = Files.createDirectory(directory.resolve("users"));
        Files.setAttribute(users, "unix:uid", 12345);
        String exchange = "while [ -e ../target ]; do"
                + " for plant in 'ln -s ../target' 'ln -s ../new' mkfifo; do"
                + " $plant next; mv -f next mode; echo off > next; mv -f next mode; done; done";
        Process others = new ProcessBuilder(
                        "setpriv", "--reuid", "12345", "--regid", "12345", "--clear-groups", "sh", "-c", exchange)
                .directory(users.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        FileStore raced = new FileStore(users.resolve("mode").toFile());
        int written = 0;
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            for (int i = 0; System.nanoTime() < end; i++) {
                try {
                    byte[] expected = i % 2 == 0 ? null : "off\n".getBytes(UTF_8);
                    written += raced.compareAndSet(expected, "on".getBytes(UTF_8)) ? 1 : 0;
                } catch (IOException refused) {
                    // as it should be, most of the time
                }
            }
        } finally {
            others.destroyForcibly().waitFor();
        }
        assertEquals("off\n", Files.readString(target));
        assertFalse(Files.exists(directory.resolve("new")));
        assumeTrue(written > 0 || others.exitValue() == 137, "setpriv cannot become another user here");
    }

    @Test
    void write_newFile_hasTheDirectorysRights() throws IOException {
        for (String[] rights : new String[][] {
            {"rwxr-xr-x", "rw-r--r--"},
            {"rwxrwxr-x", "rw-rw-r--"},
            {"rwx------", "rw-------"},
            {"rwx--x--x", "rw-r--r--"}
        }) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(rights[0]));
            Files.deleteIfExists(file);
            assertTrue(write(null, "on"));
            assertEquals(rights[1], PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), rights[0]);
        }
    }

    @Test
    void linkedDirectories_systemAndKubernetesLinks_areLeftOut() throws IOException {
        Files.createDirectory(directory.resolve("..1"));
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(file, Path.of("..data/maintenance.mode"));
        assertEquals(List.of(), store.linkedDirectories());
    }

    @Test
    void write_noPermission_errorSaysWhy() {
        FileStore nowhere = new FileStore(directory.resolve("no/such/file").toFile());
        IOException e = assertThrows(IOException.class, () -> nowhere.compareAndSet(null, new byte[] {'1'}));
        assertEquals("cannot be written: its directory does not exist", e.getMessage());
    }

    /** Writers that increment a number: a lost update would leave it too small, a torn one would not be a number. */
    @Test
    void write_manyWriters_readersSeeWholeContents() throws Exception {
        int writers = 8;
        int increments = 10;
        write(null, "0");
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
        try {
            Future<?> reader = threads.submit(() -> {
                FileStore own = new FileStore(file.toFile());
                while (!stop.get()) {
                    Integer.parseInt(new String(own.read(), UTF_8).trim());
                }
                return null;
            });
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                all.add(() -> {
                    FileStore own = new FileStore(file.toFile());
                    for (int done = 0; done < increments; ) {
                        byte[] now = own.read();
                        String next = String.valueOf(Integer.parseInt(new String(now, UTF_8).trim()) + 1);
                        if (own.compareAndSet(now, next.getBytes(UTF_8))) {
                            done++;
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> writer : threads.invokeAll(all)) {
                writer.get();
            }
            stop.set(true);
            reader.get();
        } finally {
            threads.shutdownNow();
        }
        assertEquals(String.valueOf(writers * increments), Files.readString(file));
    }
}
