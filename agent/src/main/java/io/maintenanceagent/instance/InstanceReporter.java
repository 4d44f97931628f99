package io.maintenanceagent.instance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.maintenanceagent.api.InstanceRegistry;
import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.inflight.InFlightSnapshot;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.inflight.SocketSnapshot;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.StateHash;
import io.maintenanceagent.state.StateWriter;
import io.maintenanceagent.work.WorkSnapshot;
import io.maintenanceagent.work.Writer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Writes this JVM's instance report to the store: at each change, and as a heartbeat. The report of an instance that is
 * killed expires after {@link #TTL_MILLIS}. For the reporter's thread.
 */
public final class InstanceReporter {

    /** How long a report is listed unless it is written again, in milliseconds. */
    public static final long TTL_MILLIS = 15_000;

    private static final long HEARTBEAT_MILLIS = 5_000;
    private static final long WITHDRAW_MILLIS = 500;
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final String SUBJECT = "instance";

    private final StateStore store;
    private final InstanceRegistry registry;
    private final InstanceIdentity self;
    private final ErrorReporter errors;

    private final Thread end = new End();
    private volatile boolean leaving;
    private InstanceStatus told;
    private boolean withdraws;
    private int failures;
    private long toldNanos;

    /**
     * @param store where the report is written; one with a registry
     * @param self this JVM
     * @param errors where it is reported that the report cannot be written
     */
    public InstanceReporter(StateStore store, InstanceIdentity self, ErrorReporter errors) {
        this.store = store;
        this.registry = store.instances();
        this.self = self;
        this.errors = errors;
    }

    /**
     * Writes a report, if the status is new or a heartbeat is due. Called after a successful reading of the store.
     *
     * @param status the current status
     * @param counts the counts of requests so far
     * @param wovenClasses how many classes are woven
     */
    public void tell(InstanceStatus status, RequestCounts counts, int wovenClasses) {
        long now = System.nanoTime();
        boolean due = status.differsFrom(told) || failures == 1 || now - toldNanos >= HEARTBEAT_MILLIS * NANOS_A_MILLI;
        if (leaving || !due) {
            return;
        }
        if (!registry.wantsReports()) {
            failures = 0;
            return;
        }
        if (!withdraws) {
            withdraws = true;
            try {
                Runtime.getRuntime().addShutdownHook(end);
            } catch (IllegalStateException ignored) {
                // its time will run out
            }
        }
        told = status;
        toldNanos = now;
        try {
            registry.report(self.id(), report(status, counts, wovenClasses), TTL_MILLIS);
            failures = 0;
            errors.resolve(SUBJECT);
        } catch (IOException e) {
            // Not at once: the store may be failing, which its readers report, or may soon want no reports.
            if (++failures > 1) {
                errors.report(
                        SUBJECT,
                        store.name() + ": this instance " + e.getMessage() + "; the state is followed all the same");
            }
        }
    }

    /** Called in place of {@link #tell} after a failed reading, which explains a failed report before it. */
    public void unreachable() {
        failures = 0;
    }

    /** Withdraws the report, and writes none any more. For any thread. */
    public void stop() {
        leaving = true;
    }

    /** Withdraws the report, and writes none any more; for the reporter's thread. */
    public void leave() {
        leaving = true;
        if (!withdraws) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException ignored) {
            return; // it withdraws
        }
        withdraw();
    }

    private void withdraw() {
        try {
            registry.withdraw(self.id());
        } catch (Throwable e) {
            // its time will run out
        }
    }

    /** Withdraws the report when the JVM ends in order; the report of a killed JVM expires. */
    private final class End extends Thread {
        End() {
            super("maintenance-agent-end");
        }

        @Override
        public void run() {
            leaving = true;
            // A store that hangs must not keep the JVM from ending.
            Thread withdraw = new Thread("maintenance-agent-withdraw") {
                @Override
                public void run() {
                    withdraw();
                }
            };
            withdraw.setDaemon(true);
            withdraw.start();
            try {
                withdraw.join(WITHDRAW_MILLIS);
            } catch (InterruptedException e) {
                // its time will run out
            }
        }
    }

    private byte[] report(InstanceStatus status, RequestCounts counts, int wovenClasses) throws IOException {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(report)) {
            json.writeStartObject();
            json.writeStringField("app", self.app());
            json.writeStringField("host", self.host());
            json.writeNumberField("pid", self.pid());
            json.writeStringField("version", self.version());
            json.writeStringField("source", status.enforced().source().word());
            json.writeStringField(
                    "since", Instant.ofEpochMilli(status.sinceMillis()).toString());
            json.writeFieldName("state");
            StateWriter.write(status.enforced().state(), json);
            json.writeStringField("hash", StateHash.of(status.enforced().state()));
            json.writeBooleanField("maintenance", status.inMaintenance());
            json.writeBooleanField("override", status.overridden());
            json.writeBooleanField("enforcing", status.unenforced() == null);
            if (status.unenforced() != null) {
                json.writeStringField("unenforced", status.unenforced());
            }
            json.writeBooleanField("drained", status.drained());
            requests(status.inFlight(), json);
            work(status.work(), json);
            sockets(status.sockets(), json);
            json.writeNumberField("passed", counts.passedCount());
            json.writeNumberField("exempt", counts.exemptCount());
            json.writeNumberField("refused", counts.refusedCount());
            json.writeNumberField("admitted", counts.admittedCount());
            if (status.inMaintenance() && status.enforced().state().admit() != null) {
                json.writeNumberField("share", status.share());
            }
            json.writeObjectFieldStart("held");
            json.writeNumberField("waiting", counts.waiting());
            json.writeNumberField("total", counts.heldCount());
            json.writeEndObject();
            if (counts.serverThreads() > 0) {
                json.writeNumberField("threads", counts.serverThreads());
            }
            if (counts.hasServlets() != null) {
                json.writeBooleanField("servlets", counts.hasServlets());
            }
            json.writeNumberField("woven", wovenClasses);
            if (errors.last() != null) {
                json.writeStringField("fault", errors.last());
                json.writeStringField(
                        "faultSince",
                        Instant.ofEpochMilli(errors.lastSinceMillis()).toString());
            }
            json.writeEndObject();
        }
        return report.toByteArray();
    }

    private static void work(WorkStatus work, JsonGenerator json) throws IOException {
        if (!work.kinds().isEmpty()) {
            json.writeObjectFieldStart("work");
            for (WorkSnapshot kind : work.kinds()) {
                json.writeObjectFieldStart(kind.kind().guard());
                json.writeNumberField("inFlight", kind.inFlight());
                json.writeNumberField("blocking", kind.blocking());
                json.writeNumberField("held", kind.held());
                json.writeNumberField("stopped", kind.stopped());
                if (kind.oldest() != null) {
                    json.writeObjectFieldStart("oldest");
                    json.writeStringField("name", kind.oldest());
                    json.writeNumberField("seconds", kind.oldestSeconds());
                    json.writeEndObject();
                }
                writers(kind.writers(), json);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        if (!work.unguarded().isEmpty()) {
            json.writeArrayFieldStart("unguarded");
            for (String name : work.unguarded()) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
    }

    private static void sockets(SocketSnapshot sockets, JsonGenerator json) throws IOException {
        if (sockets != null) {
            json.writeObjectFieldStart("sockets");
            json.writeNumberField("open", sockets.open());
            json.writeNumberField("blocking", sockets.blocking());
            json.writeNumberField("closed", sockets.closed());
            if (sockets.oldestPath() != null) {
                json.writeObjectFieldStart("oldest");
                json.writeStringField("path", sockets.oldestPath());
                json.writeNumberField("seconds", sockets.oldestSeconds());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
    }

    private static void writers(List<Writer> writers, JsonGenerator json) throws IOException {
        if (!writers.isEmpty()) {
            json.writeArrayFieldStart("writers");
            for (Writer writer : writers) {
                json.writeStartObject();
                json.writeStringField("caller", writer.caller());
                json.writeStringField("thread", writer.thread());
                json.writeNumberField("count", writer.count());
                json.writeStringField(
                        "last", Instant.ofEpochMilli(writer.lastMillis()).toString());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private static void requests(InFlightSnapshot inFlight, JsonGenerator json) throws IOException {
        json.writeNumberField("blocking", inFlight.blocking());
        json.writeObjectFieldStart("inFlight");
        json.writeNumberField("sync", inFlight.sync());
        json.writeNumberField("async", inFlight.async());
        json.writeNumberField("preAttach", inFlight.preAttach());
        json.writeNumberField("exempt", inFlight.exempt());
        json.writeEndObject();
        RequestView oldest = inFlight.oldest();
        if (oldest != null) {
            json.writeObjectFieldStart("oldest");
            json.writeStringField("method", oldest.method());
            json.writeStringField("path", oldest.path());
            json.writeNumberField("seconds", inFlight.oldestSeconds());
            json.writeEndObject();
        }
    }
}
