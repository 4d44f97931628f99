package io.maintenanceagent.store;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows a store: reads it again and again, parses its content, and tells a listener each new state. What cannot be
 * read or parsed leaves the last known state in force.
 *
 * <p>Runs on a thread of the agent, the first reading too, so the start of the application does not wait for the store.
 */
public final class StateWatcher implements Runnable {

    /** Receives new states. Called on the watcher's thread. */
    public interface Listener {

        /**
         * Receives a new state. Called once after the first reading, whether it failed or not, and then at each change.
         *
         * @param stored what the store says, or {@code null} if it says nothing
         */
        void stored(State stored);

        /**
         * Called after each reading, at least every few seconds.
         *
         * @param reachable whether the store could be read
         */
        void polled(boolean reachable);
    }

    private static final String LAST_STAYS = "; the last known state stays";

    private static final long SHORTEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final StateStore store;
    private final String otherwise;
    private final Listener listener;
    private final ErrorReporter errors;
    private final BlankContent blank;
    private final String name;
    private final String subject;

    private byte[] content; // null for what has to be parsed again
    private State stored;

    private volatile boolean closed;

    /**
     * @param store the store to follow
     * @param otherwise says what decides while the store has given no state, a clause
     * @param listener receives new states
     * @param errors where a bad state is reported; its waiting lines are printed by this watcher's thread
     */
    public StateWatcher(StateStore store, String otherwise, Listener listener, ErrorReporter errors) {
        this(store, otherwise, listener, errors, new BlankContent());
    }

    StateWatcher(StateStore store, String otherwise, Listener listener, ErrorReporter errors, BlankContent blank) {
        this.store = store;
        this.otherwise = otherwise;
        this.listener = listener;
        this.errors = errors;
        this.blank = blank;
        this.name = store.name();
        this.subject = "state " + name;
    }

    /** Ends {@link #run}, within the time of one reading. */
    public void close() {
        closed = true;
    }

    /** Follows the store until this watcher is closed. */
    @Override
    public void run() {
        State told = null;
        boolean first = true;
        while (!closed) {
            try {
                boolean reachable = poll();
                if ((first || stored != told) && tell()) {
                    first = false;
                    told = stored;
                }
                polled(reachable);
                errors.print();
                await();
            } catch (Throwable ignored) {
                // Without memory not even this can be reported; later there may be some.
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    /** Waits for a change; neither ends the thread nor lets it spin if the store fails. */
    private void await() {
        long began = System.nanoTime();
        try {
            store.awaitChange();
        } catch (InterruptedException ignored) {
            // Applications interrupt whole thread groups. The end is close().
        } catch (Throwable e) {
            if (closed) {
                return;
            }
            errors.report("wait " + name, name + " cannot tell of changes (" + e + "); it is polled");
            LockSupport.parkNanos(POLL_NANOS);
        }
        long left = SHORTEST_WAIT_NANOS - (System.nanoTime() - began);
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    // None of these may end the thread, which runs as long as the JVM.

    private boolean poll() {
        try {
            read();
            return true;
        } catch (IOException e) {
            forget();
            report(name + " " + e.getMessage() + consequence());
        } catch (Throwable e) {
            forget();
            report(name + " could not be read (" + e + ")" + consequence());
        }
        return false;
    }

    private void report(String line) {
        if (!closed) { // else the store is closed, or the thread interrupted
            errors.report(subject, line);
        }
    }

    private boolean tell() {
        try {
            listener.stored(stored);
            return true;
        } catch (Throwable e) {
            errors.report(subject, name + " could not be enforced (" + e + ")" + LAST_STAYS);
            return false;
        }
    }

    private void polled(boolean reachable) {
        try {
            listener.polled(reachable);
        } catch (Throwable e) {
            errors.report("watcher", "work between two readings of " + name + " failed (" + e + ")");
        }
    }

    private void read() throws IOException {
        byte[] now = store.read();
        if (now == null) {
            forget();
            stored = null;
            errors.resolve(subject);
        } else if (blank.observe(now)) {
            if (blank.stays()) {
                content = null;
                errors.report(
                        subject,
                        name + " is empty and says nothing" + consequence()
                                + "; allowed: on, off, or a JSON object with \"enabled\"");
            }
        } else if (!Arrays.equals(now, content)) {
            content = now;
            parse(now);
        }
    }

    private void forget() {
        content = null;
        blank.observe(null);
    }

    /** What decides after a reading that gave no state. */
    private String consequence() {
        return stored == null ? "; " + otherwise : LAST_STAYS;
    }

    private void parse(byte[] now) {
        try {
            StateParser.Parsed parsed = StateParser.parse(now);
            if (!parsed.state().equals(stored)) {
                stored = parsed.state();
            }
            errors.resolve(subject);
            for (String warning : parsed.warnings()) {
                errors.report(subject + ": " + warning, name + ": " + warning);
            }
        } catch (MalformedContentException e) {
            errors.report(subject, name + ": " + e.getMessage() + consequence());
        }
    }
}
