package io.maintenanceagent.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that disappears, in all the ways that need no mount. */
class DisappearanceTest {

    @TempDir
    Path top;

    private Path directory;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        directory = Files.createDirectories(top.resolve("a/b"));
        file = Files.writeString(directory.resolve("m.mode"), "on");
    }

    private static FileStore following(Path path) throws IOException {
        FileStore store = new FileStore(path.toFile());
        assertEquals("on", text(store));
        return store;
    }

    private static String text(FileStore store) throws IOException {
        byte[] content = store.read();
        return content == null ? null : new String(content, UTF_8);
    }

    /** For a while the content is blank, as during a write; then there is no file. */
    private static void assertGoneInTheEnd(FileStore store) throws Exception {
        assertEquals("", text(store));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (text(store) != null) {
            assertTrue(System.nanoTime() < end, "still there");
            Thread.sleep(20);
        }
        assertTrue(store.takeNotice()
                .startsWith("is gone with its directory, and the state in it is over: there is no /"));
        assertNull(store.takeNotice());
    }

    private static void assertStays(FileStore store, Path other) {
        for (int i = 0; i < 3; i++) {
            IOException e = assertThrows(IOException.class, store::read);
            assertEquals(
                    "is gone without having been deleted: " + other
                            + " is another directory now (unmounted, mounted over, or exchanged)",
                    e.getMessage());
        }
    }

    @Test
    void read_deletedFile_isAbsentAtOnce() throws Exception {
        FileStore store = following(file);
        Files.delete(file);
        assertNull(text(store));
        Files.delete(directory);
        Files.createDirectory(directory);
        assertNull(text(store), "it was gone before its directory was");
        assertNull(store.takeNotice());
    }

    @Test
    void read_exchangedDirectory_keepsTheState() throws Exception {
        FileStore store = following(file);
        Files.move(directory, top.resolve("a/old"));
        Files.createDirectory(directory);
        assertStays(store, directory);
        Files.writeString(file, "off");
        assertEquals("off", text(store));
        Files.delete(file);
        assertNull(text(store), "deleted where it was");
    }

    @Test
    void read_exchangedParentDirectory_keepsTheState() throws Exception {
        FileStore store = following(file);
        Files.move(top.resolve("a"), top.resolve("old"));
        Files.createDirectory(top.resolve("a"));
        assertStays(store, top.resolve("a"));
        Files.createDirectory(directory);
        assertStays(store, top.resolve("a"));
        Files.delete(directory);
        Files.delete(top.resolve("a"));
        Files.move(top.resolve("old"), top.resolve("a"));
        assertEquals("on", text(store));
    }

    @Test
    void read_slowlyExchangedDirectory_keepsTheState() throws Exception {
        FileStore store = following(file);
        Files.move(directory, top.resolve("old"));
        assertEquals("", text(store));
        Files.createDirectory(directory);
        assertStays(store, directory);
    }

    @Test
    void read_directoryMovedAway_isAbsentAfterAWhile() throws Exception {
        FileStore store = following(file);
        Files.move(directory, top.resolve("old"));
        assertGoneInTheEnd(store);
    }

    @Test
    void read_deletedDirectory_isAbsentAfterAWhile() throws Exception {
        FileStore store = following(file);
        Files.delete(file);
        Files.delete(directory);
        assertGoneInTheEnd(store);
    }

    @Test
    void read_fileInPlaceOfTheDirectory_keepsTheState() throws Exception {
        FileStore store = following(file);
        Files.move(directory, top.resolve("old"));
        Files.writeString(directory, "");
        assertThrows(IOException.class, store::read);
    }

    @Test
    void read_switchedDirectoryLink_isAbsentAndReportedOnce() throws Exception {
        Path current = Files.createSymbolicLink(top.resolve("current"), Path.of("a/b"));
        FileStore store = following(current.resolve("m.mode"));
        Path next = Files.createDirectory(top.resolve("next"));
        Path link = Files.createSymbolicLink(top.resolve("link"), next);
        Files.move(link, current, StandardCopyOption.REPLACE_EXISTING);
        assertNull(text(store));
        assertEquals(
                "is gone, and the state in it is over: the link " + current + " leads to " + next
                        + " now; a state file belongs into a directory that no deployment exchanges",
                store.takeNotice());
        assertNull(text(store));
        assertNull(store.takeNotice());
    }

    @Test
    void read_directoryLinkBetweenTwoTargets_keepsTheState() throws Exception {
        Path current = Files.createSymbolicLink(top.resolve("current"), Path.of("a/b"));
        FileStore store = following(current.resolve("m.mode"));
        Files.delete(current);
        assertEquals("", text(store));
        Files.createSymbolicLink(current, Path.of("a/b"));
        assertEquals("on", text(store));
    }

    @Test
    void read_linkSwitchedToAnotherState_isThatState() throws Exception {
        Path current = Files.createSymbolicLink(top.resolve("current"), Path.of("a/b"));
        FileStore store = following(current.resolve("m.mode"));
        Path next = Files.createDirectory(top.resolve("next"));
        Files.writeString(next.resolve("m.mode"), "off");
        Files.delete(current);
        Files.createSymbolicLink(current, next);
        assertEquals("off", text(store));
        assertNull(store.takeNotice());
    }

    @Test
    void read_deletedLink_isAbsentAtOnce() throws Exception {
        Path link = Files.createSymbolicLink(top.resolve("link"), file);
        FileStore store = following(link);
        Files.delete(link);
        assertNull(text(store));
        Files.createSymbolicLink(link, file);
        assertEquals("on", text(store));
        Files.delete(file);
        assertNull(text(store), "its target was deleted");
        assertNull(store.takeNotice());
    }

    @Test
    void read_loopOfLinks_keepsTheState() throws Exception {
        Path link = Files.createSymbolicLink(top.resolve("link"), file);
        FileStore store = following(link);
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("link"));
        IOException e = assertThrows(IOException.class, store::read);
        assertEquals("is a loop of links; see " + link, e.getMessage());
    }

    /** As Kubernetes takes a key out of a mounted ConfigMap. */
    @Test
    void read_keyRemovedFromConfigMap_isAbsentAndReported() throws Exception {
        Path volume = Files.createDirectory(top.resolve("volume"));
        Files.writeString(Files.createDirectory(volume.resolve("..1")).resolve("m.mode"), "on");
        Files.createDirectory(volume.resolve("..2"));
        Path data = Files.createSymbolicLink(volume.resolve("..data"), Path.of("..1"));
        Path link = Files.createSymbolicLink(volume.resolve("m.mode"), Path.of("..data/m.mode"));
        FileStore store = following(link);
        Path temporary = Files.createSymbolicLink(volume.resolve("..tmp"), Path.of("..2"));
        Files.move(temporary, data, StandardCopyOption.REPLACE_EXISTING);
        assertNull(text(store));
        assertTrue(store.takeNotice().contains("the link " + data + " leads to ..2 now"));
    }
}
