package io.maintenanceagent.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    void writesOnlyOverWhatTheWriterKnows() throws IOException {
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
    void leavesNothingBehindButItsLock() throws IOException {
        write(null, "on");
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    Set.of("maintenance.mode", "maintenance.mode.lock"),
                    files.map(path -> path.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    @Test
    void keepsLinksAndPermissions() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "off");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw----"));
        Files.createSymbolicLink(file, target);
        assertTrue(write("off", "on"));
        assertTrue(Files.isSymbolicLink(file));
        assertEquals("on", Files.readString(target));
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
    }

    @Test
    void newFilesAreReadableByTheApplicationsUser() throws IOException {
        write(null, "on");
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void saysWhyItCannotWrite() {
        FileStore nowhere = new FileStore(directory.resolve("no/such/file").toFile());
        IOException e = assertThrows(IOException.class, () -> nowhere.compareAndSet(null, new byte[] {'1'}));
        assertEquals("cannot be written: its directory does not exist", e.getMessage());
    }

    /** Writers that increment a number: a lost update would leave it too small, a torn one would not be a number. */
    @Test
    void manyWritersAndReadersSeeWholeContents() throws Exception {
        int writers = 8;
        int increments = 10;
        write(null, "0");
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
        try {
            Future<?> reader = threads.submit(() -> {
                FileStore own = new FileStore(file.toFile());
                while (!stop.get()) {
                    Integer.parseInt(new String(own.read(), UTF_8));
                }
                return null;
            });
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                all.add(() -> {
                    FileStore own = new FileStore(file.toFile());
                    for (int done = 0; done < increments; ) {
                        byte[] now = own.read();
                        String next = String.valueOf(Integer.parseInt(new String(now, UTF_8)) + 1);
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

    @Test
    void listsInstancesUntilTheirTimeHasRunOut() throws IOException {
        assertTrue(store.instances().isEmpty());
        assertFalse(store.wantsReports());
        write(null, "off");
        assertTrue(store.wantsReports());
        store.report("a", "1".getBytes(UTF_8), 60_000);
        store.report("a", "2".getBytes(UTF_8), 60_000);
        store.report("b", "dead".getBytes(UTF_8), -1);
        assertEquals(Set.of("a"), store.instances().keySet());
        assertEquals("2", new String(store.instances().get("a"), UTF_8));
        store.withdraw("a");
        assertTrue(store.instances().isEmpty());
        write("off", null);
        assertTrue(store.wantsReports(), "somebody has asked before");
    }

    @Test
    void tidiesUpReportsOfTheLongDead() throws IOException {
        store.report("b", "dead".getBytes(UTF_8), -120_000);
        assertTrue(store.instances().isEmpty());
        try (Stream<Path> files = Files.list(directory.resolve("maintenance.mode.instances"))) {
            assertEquals(0, files.count());
        }
        assertNull(store.read());
    }
}
