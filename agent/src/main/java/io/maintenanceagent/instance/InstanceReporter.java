package io.maintenanceagent.instance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.StateWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;

/**
 * Tells the store that this JVM is there and what it enforces: at each change, and as a heartbeat. An instance that dies
 * without a word is listed for {@link #TTL_MILLIS} more, at the most. Used by the agent's own thread.
 */
public final class InstanceReporter {

    /** How long a report is listed unless it is told again, in milliseconds. */
    public static final long TTL_MILLIS = 15_000;

    private static final long HEARTBEAT_MILLIS = 5_000;
    private static final long SHORTEST_MILLIS = 1_000;
    private static final long WITHDRAW_MILLIS = 500;
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final String SUBJECT = "instance";

    private final StateStore store;
    private final String app;
    private final Faults faults;

    private volatile boolean leaving;
    private Instance self;
    private EffectiveState told;
    private String since;
    private int failures;
    private long askedNanos = System.nanoTime() - SHORTEST_MILLIS * NANOS_A_MILLI;
    private long toldNanos;

    /**
     * @param store where to tell
     * @param app the name that this JVM reports under
     * @param faults where it is reported that the store does not listen
     */
    public InstanceReporter(StateStore store, String app, Faults faults) {
        this.store = store;
        this.app = app;
        this.faults = faults;
    }

    /**
     * Tells what is enforced, if it is new or time for a heartbeat, and never more than once a second. Called after a
     * reading of the store that went well.
     *
     * @param enforced what is enforced
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public void tell(EffectiveState enforced, long epochMillis) {
        long now = System.nanoTime();
        if (leaving || now - askedNanos < SHORTEST_MILLIS * NANOS_A_MILLI) {
            return;
        }
        askedNanos = now;
        boolean changed = !enforced.equals(told);
        boolean due = changed || failures == 1 || now - toldNanos >= HEARTBEAT_MILLIS * NANOS_A_MILLI;
        if (!due) {
            return;
        }
        if (!store.wantsReports()) {
            failures = 0;
            return;
        }
        if (changed) {
            told = enforced;
            since = Instant.ofEpochMilli(epochMillis).toString();
        }
        if (self == null) {
            self = Instance.self(app);
            withdrawAtTheEnd();
        }
        toldNanos = now;
        try {
            store.report(self.id(), json(), TTL_MILLIS);
            failures = 0;
            faults.resolve(SUBJECT);
        } catch (IOException e) {
            // Not at once: the store may be on its way out, which its readers say, or about to want no reports any more.
            if (++failures > 1) {
                faults.report(SUBJECT, store.name() + ": this instance " + e.getMessage() + "; the state is followed all the same");
            }
        }
    }

    /** In place of {@link #tell}, after a reading that failed: which explains a report that failed before it. */
    public void unreachable() {
        failures = 0;
    }

    /** A JVM that is ended in good order is gone at once; one that is killed, when its time has run out. */
    private void withdrawAtTheEnd() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread("maintenance-agent-end") {
                @Override
                public void run() {
                    leaving = true;
                    // A store that hangs must not keep the JVM from ending.
                    Thread withdraw = new Thread("maintenance-agent-withdraw") {
                        @Override
                        public void run() {
                            try {
                                store.withdraw(self.id());
                            } catch (Throwable e) {
                                // its time will run out
                            }
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
            });
        } catch (IllegalStateException ending) {
            // its time will run out
        }
    }

    private byte[] json() throws IOException {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(report)) {
            json.writeStartObject();
            json.writeStringField("app", self.app());
            json.writeStringField("host", self.host());
            json.writeNumberField("pid", self.pid());
            json.writeStringField("version", self.version());
            json.writeStringField("source", told.source().word());
            json.writeStringField("since", since);
            json.writeFieldName("state");
            StateWriter.write(told.state(), json);
            json.writeEndObject();
        }
        return report.toByteArray();
    }
}
