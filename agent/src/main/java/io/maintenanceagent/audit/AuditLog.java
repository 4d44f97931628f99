package io.maintenanceagent.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateWriter;
import io.maintenanceagent.store.file.AppendedFile;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One JSON line for each change of state that this JVM enforces, the opening and closing of a window included.
 *
 * <p>A line is written in one go, so that several JVMs may share a file. A line that cannot be written is reported, and
 * written with the next one that can. For one thread, which waits as long as the file does.
 */
public final class AuditLog {

    private static final String SUBJECT = "audit";
    private static final String DROPPED = "audit dropped";

    /** How much may wait for a full disk or a missing directory, but for one line; then new lines are dropped. */
    private static final int MAX_WAITING_BYTES = 64 * 1024;

    /** Later than Java 8, {@code java.nio.file} is there before any agent; see the ban in MaintenanceAgent. */
    private static final boolean NIO_AT_START =
            !System.getProperty("java.specification.version", "1.").startsWith("1.");

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final long openedNanos = System.nanoTime();
    private final File file;
    private final String app;
    private final Supplier<List<Blocking>> blocking;
    private final ErrorReporter errors;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    /** Whether the file may end within a line. */
    private boolean broken;

    private EffectiveState last = EffectiveState.of(null, null, null);
    private String lastWord = "off";
    private long lastMillis = Long.MAX_VALUE;

    /**
     * @param file the file, which is appended to; {@code null} to write nothing
     * @param app the name of this JVM's application
     * @param blocking asked, where maintenance begins, what it has to wait for
     * @param errors where a line is reported that could not be written
     */
    public AuditLog(File file, String app, Supplier<List<Blocking>> blocking, ErrorReporter errors) {
        this.file = file;
        this.app = app;
        this.blocking = blocking;
        this.errors = errors;
    }

    /**
     * Writes a line if the enforced state has changed since the last call, and before it one for each opening or
     * closing of the last state's window since then.
     *
     * @param effective what is enforced now
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public void observe(EffectiveState effective, long epochMillis) {
        if (file == null) {
            return;
        }
        for (Instant edge : new Instant[] {last.state().from(), last.state().until()}) {
            long millis = edge == null ? Long.MIN_VALUE : State.millis(edge);
            if (millis > lastMillis && millis <= epochMillis) {
                add(last, millis);
            }
        }
        add(effective, epochMillis);
        if (waiting.size() > 0) {
            append();
        }
    }

    private void add(EffectiveState effective, long epochMillis) {
        String word = effective.state().wordAt(epochMillis);
        if (!word.equals(lastWord) || !effective.state().equals(last.state())) {
            keep(line(effective, word, epochMillis));
        }
        last = effective;
        lastWord = word;
        lastMillis = epochMillis;
    }

    private void keep(byte[] line) {
        if (waiting.size() > MAX_WAITING_BYTES) {
            errors.report(DROPPED, "audit file " + file + " will lack lines: more wait to be written than can be kept");
        } else {
            waiting.write(line, 0, line.length);
        }
    }

    private byte[] line(EffectiveState effective, String word, long epochMillis) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("at", Instant.ofEpochMilli(epochMillis).toString());
            json.writeStringField("app", app);
            json.writeStringField("from", lastWord);
            json.writeStringField("to", word);
            json.writeStringField("source", effective.source().word());
            json.writeStringField("by", effective.state().by());
            json.writeStringField("reason", effective.state().reason());
            json.writeFieldName("state");
            StateWriter.write(effective.state(), json);
            if (effective.state().activeAt(epochMillis)) {
                blocking(json);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new IllegalStateException(e); // an array takes everything
        }
        return line.toByteArray();
    }

    private void blocking(JsonGenerator json) throws IOException {
        List<Blocking> kinds = blocking.get();
        if (kinds.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("blocking");
        for (Blocking kind : kinds) {
            json.writeObjectFieldStart(kind.kind());
            json.writeNumberField("count", kind.count());
            if (kind.oldest() != null) {
                json.writeObjectFieldStart("oldest");
                json.writeStringField("name", kind.oldest());
                json.writeNumberField("seconds", kind.seconds());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private OutputStream open() throws IOException {
        // Standard output, say; only root puts anything there.
        boolean device = "/dev".equals(file.getParent()) || "/dev/fd".equals(file.getParent());
        return device ? new FileOutputStream(file, true) : AppendedFile.open(file);
    }

    private void append() {
        if (!NIO_AT_START && System.nanoTime() - openedNanos < START_NANOS) {
            return; // the lines wait
        }
        try (OutputStream out = open()) {
            if (broken) {
                out.write('\n'); // a full disk may have cut the last line short
            }
            broken = true;
            out.write(waiting.toByteArray());
            broken = false;
            waiting.reset();
            errors.resolve(SUBJECT);
            errors.resolve(DROPPED);
        } catch (IOException e) {
            errors.report(SUBJECT, "audit file " + file + " cannot be written (" + e.getMessage() + ")");
        }
    }
}
