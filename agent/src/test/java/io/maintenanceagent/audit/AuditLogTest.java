package io.maintenanceagent.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said, true));

    private static EffectiveState stored(State state) {
        return EffectiveState.of(null, state, null);
    }

    @Test
    void observe_change_writesALine() throws IOException {
        Path file = directory.resolve("audit.log");
        AuditLog log = new AuditLog(file.toFile(), "shop", List::of, errors);
        log.observe(stored(null), 0);
        assertFalse(Files.exists(file), "off at the start is no change");
        State on = new State.Builder(true)
                .message("later")
                .by("alice@host", "migration")
                .build();
        log.observe(stored(on), 1000);
        log.observe(stored(on), 2000);
        log.observe(stored(State.OFF), 3000);
        assertEquals(
                List.of(
                        "{\"at\":\"1970-01-01T00:00:01Z\",\"app\":\"shop\",\"from\":\"off\",\"to\":\"on\","
                                + "\"source\":\"store\",\"by\":\"alice@host\",\"reason\":\"migration\",\"state\":"
                                + "{\"enabled\":true,\"message\":\"later\",\"by\":\"alice@host\","
                                + "\"reason\":\"migration\"}}",
                        "{\"at\":\"1970-01-01T00:00:03Z\",\"app\":\"shop\",\"from\":\"on\",\"to\":\"off\","
                                + "\"source\":\"store\",\"by\":null,\"reason\":null,\"state\":{\"enabled\":false}}"),
                Files.readAllLines(file));
    }

    /** Asked when the line is written, and only where maintenance begins. */
    @Test
    void observe_maintenanceBegins_saysWhatItHasToWaitFor() throws IOException {
        Path file = directory.resolve("audit.log");
        List<Blocking> blocking = List.of(
                new Blocking("requests", 2, "GET /slow", 42),
                new Blocking("schedules", 1, "com.acme.Nightly.run", 3),
                new Blocking("jdbc", 0, null, 0));
        AuditLog log = new AuditLog(file.toFile(), "shop", () -> blocking, errors);
        log.observe(stored(State.ON), 1000);
        log.observe(stored(State.OFF), 2000);
        List<String> lines = Files.readAllLines(file);
        assertTrue(
                lines.get(0)
                        .endsWith("\"state\":{\"enabled\":true},\"blocking\":{"
                                + "\"requests\":{\"count\":2,\"oldest\":{\"name\":\"GET /slow\",\"seconds\":42}},"
                                + "\"schedules\":{\"count\":1,"
                                + "\"oldest\":{\"name\":\"com.acme.Nightly.run\",\"seconds\":3}},"
                                + "\"jdbc\":{\"count\":0}}}"),
                lines.get(0));
        assertFalse(lines.get(1).contains("blocking"), lines.get(1));
    }

    @Test
    void observe_windowOpensAndCloses_writesALineForEach() throws IOException {
        Path file = directory.resolve("audit.log");
        AuditLog log = new AuditLog(file.toFile(), "shop", List::of, errors);
        EffectiveState window = stored(new State.Builder(true)
                .window(Instant.ofEpochMilli(1000), Instant.ofEpochMilli(2000))
                .build());
        for (long now = 0; now < 3000; now += 100) {
            log.observe(window, now);
        }
        List<String> lines = Files.readAllLines(file);
        assertEquals(3, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("\"from\":\"off\",\"to\":\"scheduled\""), lines.get(0));
        assertTrue(lines.get(1).contains("\"from\":\"scheduled\",\"to\":\"on\""), lines.get(1));
        assertTrue(lines.get(2).contains("\"from\":\"on\",\"to\":\"expired\""), lines.get(2));
    }

    @Test
    void observe_missingDirectory_writesTheLineLater() throws IOException {
        Path file = directory.resolve("later/audit.log");
        AuditLog log = new AuditLog(file.toFile(), "shop", List::of, errors);
        log.observe(stored(State.ON), 0);
        log.observe(stored(State.ON), 50);
        errors.flush();
        assertEquals(1, said.toString().lines().count(), said::toString);
        assertTrue(said.toString().contains("audit file " + file + " cannot be written"), said::toString);
        Files.createDirectory(file.getParent());
        log.observe(stored(State.ON), 100);
        assertEquals(1, Files.readAllLines(file).size(), "nothing is lost meanwhile");
    }

    @Test
    void append_linkOrPipe_isReportedAndUntouched() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "theirs");
        Path file = directory.resolve("audit.log");
        Files.createDirectory(file);
        assertNotWritten(file, "it is a directory");
        Files.delete(file);
        Files.createLink(file, other);
        assertNotWritten(file, "it has 2 names (hard links)");
        Files.delete(file);
        if (new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0) {
            assertNotWritten(file, "it is a named pipe");
            Files.delete(file);
        }
        Path link = Files.createSymbolicLink(file, other);
        AuditLog log = new AuditLog(file.toFile(), "shop", List::of, errors);
        log.observe(stored(State.ON), 0);
        assertTrue(Files.readString(other).startsWith("theirs{"), "a link of one's own is followed");
        if ((int) Files.getAttribute(directory, "unix:uid") == 0) {
            Files.writeString(other, "theirs");
            Files.setAttribute(link, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
            assertNotWritten(file, "is a link of another user (12345)");
        }
        assertTrue(Files.readString(other).startsWith("theirs"));
    }

    private void assertNotWritten(Path file, String why) {
        said.reset();
        new AuditLog(file.toFile(), "shop", List::of, errors).observe(stored(State.ON), 0);
        errors.flush();
        assertTrue(said.toString().contains("audit file " + file + " cannot be written"), said::toString);
        assertTrue(said.toString().contains(why), said::toString);
    }

    /** A device that is always full. */
    @Test
    void observe_fullDisk_writesTheLinesLater() {
        AuditLog log = new AuditLog(Path.of("/dev/full").toFile(), "shop", List::of, errors);
        for (int i = 0; i < 2000; i++) {
            log.observe(stored(i % 2 == 0 ? State.ON : State.OFF), i);
        }
        errors.flush();
        List<String> lines = said.toString().lines().toList();
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(1).contains("will lack lines"), lines::toString);
    }

    /** The writing thread may have waited for the file. */
    @Test
    void observe_afterTheWindow_writesItsOpeningAndClosing() throws IOException {
        Path file = directory.resolve("audit.log");
        AuditLog log = new AuditLog(file.toFile(), "shop", List::of, errors);
        EffectiveState window = stored(new State.Builder(true)
                .window(Instant.ofEpochMilli(1000), Instant.ofEpochMilli(2000))
                .build());
        log.observe(window, 0);
        log.observe(stored(State.OFF), 5000);
        List<String> lines = Files.readAllLines(file);
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(lines.get(1).startsWith("{\"at\":\"1970-01-01T00:00:01Z\"")
                && lines.get(1).contains("\"to\":\"on\""));
        assertTrue(lines.get(2).startsWith("{\"at\":\"1970-01-01T00:00:02Z\"")
                && lines.get(2).contains("\"to\":\"expired\""));
        assertTrue(lines.get(3).startsWith("{\"at\":\"1970-01-01T00:00:05Z\"")
                && lines.get(3).contains("\"to\":\"off\""));
    }
}
