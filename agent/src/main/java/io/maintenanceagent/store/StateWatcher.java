package io.maintenanceagent.store;

import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateException;
import io.maintenanceagent.state.StateParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Follows a store: reads it again and again, understands what it holds, and hands each new state on. What cannot be
 * read or understood leaves the last known state in force.
 *
 * <p>The only thread of the agent: a daemon, so that it never keeps a JVM alive. All the slow work happens on it, the
 * first reading too, so that the start of the application waits for nothing.
 */
public final class StateWatcher implements Runnable {

    /** Who is told of states. */
    public interface Listener {

        /**
         * Called once after the first reading, whatever came of it, and then at each change, on the watcher's thread.
         *
         * @param stored what the store says, or {@code null} if it says nothing
         */
        void stored(State stored);
    }

    private static final String THREAD = "maintenance-agent";
    private static final String LAST_STAYS = "; the last known state stays";

    private final StateStore store;
    private final Listener listener;
    private final Faults faults;
    private final String subject;

    private byte[] content;
    private State stored;
    private volatile boolean closed;

    /**
     * @param store the store to follow
     * @param listener who is told
     * @param faults where a bad state is reported; its waiting lines are printed by this watcher's thread
     */
    public StateWatcher(StateStore store, Listener listener, Faults faults) {
        this.store = store;
        this.listener = listener;
        this.faults = faults;
        this.subject = "state " + store.name();
    }

    /** Starts the thread. Called once. */
    public void start() {
        Thread thread = new Thread(this, THREAD);
        thread.setDaemon(true);
        thread.setContextClassLoader(StateWatcher.class.getClassLoader());
        thread.start();
    }

    /** Lets the thread end, within one poll. */
    public void close() {
        closed = true;
    }

    @Override
    public void run() {
        poll();
        enforce();
        faults.flush();
        while (!closed) {
            State before = stored;
            try {
                Thread.sleep(store.pollMillis());
            } catch (InterruptedException stop) {
                return;
            }
            poll();
            if (stored != before) {
                enforce();
            }
            faults.flush();
        }
    }

    // Neither step may end the thread, which has to live as long as the JVM.

    private void poll() {
        try {
            read();
        } catch (IOException e) {
            content = null;
            faults.report(subject, store.name() + " " + e.getMessage() + LAST_STAYS);
        } catch (Throwable e) {
            content = null;
            faults.report(subject, store.name() + " could not be read (" + e + ")" + LAST_STAYS);
        }
    }

    private void enforce() {
        try {
            listener.stored(stored);
        } catch (Throwable e) {
            faults.report(subject, store.name() + " could not be enforced (" + e + ")" + LAST_STAYS);
        }
    }

    private void read() throws IOException {
        byte[] now = store.read();
        if (now == null) {
            content = null;
            stored = null;
            faults.resolve(subject);
        } else if (!StateParser.isBlank(now) && !Arrays.equals(now, content)) {
            content = now;
            understand(now);
        }
    }

    private void understand(byte[] now) {
        try {
            StateParser.Parsed parsed = StateParser.parse(now);
            if (!parsed.state().equals(stored)) {
                stored = parsed.state();
            }
            faults.resolve(subject);
            warn(parsed.unknownMembers());
        } catch (StateException e) {
            faults.report(subject, store.name() + ": " + e.getMessage() + LAST_STAYS);
        }
    }

    private void warn(List<String> unknownMembers) {
        if (!unknownMembers.isEmpty()) {
            faults.report(
                    subject + " members",
                    store.name() + ": unknown members " + unknownMembers + " are ignored; known: "
                            + StateParser.MEMBERS);
        }
    }
}
