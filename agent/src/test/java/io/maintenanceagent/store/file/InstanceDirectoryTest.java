package io.maintenanceagent.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.jvm.LocalHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceDirectoryTest {

    private static final String DEAD = "shop-web1-1-0123abcd";

    @TempDir
    Path directory;

    private Path file;
    private Path instances;
    private FileStore store;

    @BeforeEach
    void open() throws IOException {
        file = Files.writeString(directory.resolve("maintenance.mode"), "off");
        instances = directory.resolve("maintenance.mode.instances");
        store = new FileStore(file.toFile());
    }

    private void report(String instance, long ttlMillis) throws IOException {
        store.instances().report(instance, instance.getBytes(UTF_8), ttlMillis);
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static void expire(Path file, long millisAgo) throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() - millisAgo));
    }

    @Test
    void instances_report_isListedUntilItExpires() throws IOException {
        Files.delete(file);
        assertTrue(store.instances().reports().isEmpty());
        assertFalse(store.instances().wantsReports(), "nobody ever asked");
        Files.writeString(file, "off");
        assertTrue(store.instances().wantsReports());
        report("a", 60_000);
        store.instances().report("a", "2".getBytes(UTF_8), 60_000);
        report("b", -1);
        assertEquals(Set.of("a"), store.instances().reports().keySet());
        assertEquals("2", new String(store.instances().reports().get("a"), UTF_8));
        store.instances().withdraw("a");
        assertTrue(store.instances().reports().isEmpty());
        Files.delete(file);
        assertTrue(store.instances().wantsReports(), "somebody has asked before");
    }

    /** A stopped process will go on with the requests that it has let in. */
    @Test
    void instances_expiredReport_staysWhileItsProcessIsThere() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "only Linux tells");
        String ended = Long.toString(new ProcessBuilder("true").start().pid());
        String own = Long.toString(ProcessHandle.current().pid());
        String here = LocalHost.name().replaceAll("[^A-Za-z0-9._-]", "_");
        String stopped = "shop-" + here + "-" + own + "-0123abcd";
        report(stopped, -1);
        report("shop-elsewhere-" + own + "-0123abcd", -1);
        report("shop-" + here + "-" + ended + "-0123abcd", -1);
        report("shop-" + here + "-" + own + "-89abcdef", -1);
        expire(instances.resolve("shop-" + here + "-" + own + "-89abcdef.json"), 40L * 365 * 24 * 3600 * 1000);
        assertEquals(Set.of(stopped), store.instances().reports().keySet());
        String old = "shop-" + here + "-1-0123abcd"; // longer than this one
        report(old, -1);
        expire(instances.resolve(old + ".json"), 61_000);
        report("other", 60_000);
        assertTrue(Files.exists(instances.resolve(old + ".json")), "was tidied away");
    }

    @Test
    void instances_noDirectory_empty() throws IOException {
        assertTrue(new FileStore(directory.resolve("no/such/file").toFile())
                .instances()
                .reports()
                .isEmpty());
    }

    /** Instances that follow a link report beside the real file. */
    @Test
    void report_linkToTheStateFile_isBesideTheRealFile() throws IOException {
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Path real = Files.move(file, shared.resolve("mode"));
        Files.createSymbolicLink(file, real);
        assertTrue(store.instances().wantsReports());
        report("a", 60_000);
        new FileStore(real.toFile()).instances().report("b", new byte[] {'1'}, 60_000);
        assertEquals(Set.of("a", "b"), store.instances().reports().keySet());
        assertEquals(Set.of("mode", "mode.instances"), names(shared));
        Files.delete(real);
        assertEquals(Set.of("a", "b"), store.instances().reports().keySet(), "a link that dangles leads there as well");
        assertTrue(store.instances().wantsReports());
    }

    @Test
    void instances_expiredReport_isNotDeleted() throws IOException {
        report("a", 60_000);
        Path other = Files.writeString(instances.resolve(DEAD + ".json"), "{}");
        expire(other, 600_000);
        store.instances().reports();
        assertTrue(Files.exists(other));
    }

    @Test
    void report_expiredReports_deletesOnlyThose() throws IOException {
        Files.createDirectory(instances);
        for (String name : new String[] {
            DEAD + ".json", "." + DEAD + ".01234567-89ab-cdef-0123-456789abcdef.tmp", "notes.json", "x-0123abcd.txt"
        }) {
            expire(Files.writeString(instances.resolve(name), "{}"), 600_000);
        }
        expire(Files.createDirectory(instances.resolve("d-0123abcd.json")), 600_000);
        Path link = Files.createSymbolicLink(instances.resolve("l-0123abcd.json"), file);
        report("a", 60_000);
        assertEquals(
                Set.of(
                        "a.json",
                        "notes.json",
                        "x-0123abcd.txt",
                        "d-0123abcd.json",
                        link.getFileName().toString()),
                names(instances));
    }

    @Test
    void report_expiredReportOfAnotherUser_isKept() throws IOException {
        assumeTrue(FileFacts.currentUser() == FileFacts.ROOT, "only root gives files away");
        Files.createDirectory(instances);
        Path other = Files.writeString(instances.resolve(DEAD + ".json"), "{}");
        Files.setAttribute(other, "unix:uid", 12345);
        expire(other, 600_000);
        report("a", 60_000);
        assertTrue(Files.exists(other));
    }

    @Test
    void instances_notAReport_isNamed() throws Exception {
        report("a", 60_000);
        Path huge = instances.resolve("huge.json");
        try (FileChannel out = FileChannel.open(huge, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(new byte[1]), 1L << 32);
        }
        expire(huge, -600_000);
        Files.createDirectory(instances.resolve("directory.json"));
        Files.createSymbolicLink(instances.resolve("link.json"), file);
        boolean pipe =
                new ProcessBuilder("mkfifo", instances.resolve("pipe.json").toString())
                                .start()
                                .waitFor()
                        == 0;
        assertEquals(Set.of("a"), store.instances().reports().keySet());
        String told = String.join("\n", store.instances().ignoredReports());
        assertEquals(pipe ? 4 : 3, store.instances().ignoredReports().size(), told);
        assertTrue(told.contains("huge.json is larger than the 64 KiB of a report, and is ignored"), told);
        assertTrue(told.contains("link.json is a link, no instance's report, and is ignored"), told);
    }

    @Test
    void report_directoryIsALink_isNotFollowed() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.createSymbolicLink(instances, other);
        assertTrue(assertThrows(IOException.class, () -> report("a", 60_000))
                .getMessage()
                .contains("is a link"));
        assertThrows(IOException.class, store.instances()::reports);
        store.instances().withdraw("a");
        assertEquals(Set.of(), names(other));
    }

    /** A report replaces a link under its name, and the link's target stays unchanged. */
    @Test
    void report_overALink_touchesNoTarget() throws IOException {
        Files.createDirectory(instances);
        Files.createSymbolicLink(instances.resolve("a.json"), file);
        report("a", 60_000);
        assertEquals("off", Files.readString(file));
        assertFalse(Files.isSymbolicLink(instances.resolve("a.json")));
    }

    @Test
    void report_hasTheRightsOfTheStatesDirectory() throws IOException {
        for (String[] rights :
                new String[][] {{"rwxr-xr-x", "rw-r--r--"}, {"rwxrwx---", "rw-r-----"}, {"rwx------", "rw-------"}}) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(rights[0]));
            report("a", 60_000);
            assertEquals(rights[0], PosixFilePermissions.toString(Files.getPosixFilePermissions(instances)));
            Path report = instances.resolve("a.json");
            assertEquals(rights[1], PosixFilePermissions.toString(Files.getPosixFilePermissions(report)), rights[0]);
            Files.delete(report);
            Files.delete(instances);
        }
    }

    /** The process's mask excludes other users, and the state's directory does not. */
    @Test
    void report_underAMask_isReadableByWhoMayEnterTheStatesDirectory() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process reporting = new ProcessBuilder(
                        "sh",
                        "-c",
                        "umask 077; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reporting.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        assertEquals(0, reporting.waitFor());
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(instances)));
        Path report = instances.resolve("a.json");
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(report)));
    }

    /** Another process. */
    static final class Reporting {
        public static void main(String[] arguments) throws IOException {
            new FileStore(Path.of(arguments[0]).toFile()).instances().report("a", new byte[] {'1'}, 60_000);
        }
    }
}
