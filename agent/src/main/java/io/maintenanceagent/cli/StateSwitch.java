package io.maintenanceagent.cli;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.state.StateWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A store whose state is read and replaced as a whole, so that nobody's writing is half overwritten. Asks the store
 * from one thread at a time; safe for any thread.
 */
final class StateSwitch {

    private static final int ATTEMPTS = 50;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int BLANK_ATTEMPTS = 20;

    private final StateStore store;

    StateSwitch(StateStore store) {
        this.store = store;
    }

    String name() {
        return store.name();
    }

    /** What the store holds; a write in progress is given a second to end. */
    StoreContent read() throws CommandFailedException {
        StoreContent held = readOnce();
        for (int i = 1; i < BLANK_ATTEMPTS && held.state() == null && held.problem() != null; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            held = readOnce();
        }
        return held;
    }

    synchronized StoreContent readOnce() throws CommandFailedException {
        try {
            return StoreContent.of(store.read());
        } catch (IOException e) {
            throw new CommandFailedException(
                    name() + " " + e.getMessage() + "; check --file or --store, and who may read it", e);
        }
    }

    /**
     * Returns whether it was so, and has been replaced.
     *
     * @param expected what it holds as far as is known
     * @param content what it is to hold; {@code null} for nothing
     */
    synchronized boolean replace(StoreContent expected, byte[] content) throws CommandFailedException {
        try {
            return store.compareAndSet(expected.content(), content);
        } catch (IOException e) {
            if (holds(content)) {
                return true; // only the answer was lost
            }
            throw new CommandFailedException(
                    name() + " " + e.getMessage() + "; nothing was changed as far as is known, see status", e);
        }
    }

    private boolean holds(byte[] content) {
        try {
            return Arrays.equals(store.read(), content);
        } catch (IOException unknown) {
            return false;
        }
    }

    /**
     * Writes a state in place of what is there.
     *
     * @param state the state
     * @param force whether what is there may be something else than a state
     * @return what was there
     */
    StoreContent write(State state, boolean force) throws CommandFailedException {
        checkThatItCanBeRead(state);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoreContent held = readOnce();
            if (!force && held.state() == null && held.problem() != null && !StateParser.isBlank(held.content())) {
                throw new CommandFailedException(name() + " " + held.problem()
                        + ". It is not overwritten; name the file or key that holds the state, or give --force");
            }
            if (replace(held, bytes(state))) {
                return held;
            }
        }
        throw new CommandFailedException(name() + " is changed by others all the time; nothing was written, try again");
    }

    /** What agents would not take is not written: a state that is too large, or in a year that has no four digits. */
    private static void checkThatItCanBeRead(State state) throws CommandFailedException {
        String problem = StoreContent.of(bytes(state)).problem();
        if (problem != null) {
            throw new CommandFailedException(
                    "what is asked for " + problem.replace(StoreContent.STAYS, "") + "; nothing was written");
        }
    }

    /** All who report to the store now. */
    synchronized List<InstanceReport> instances() throws CommandFailedException {
        List<InstanceReport> reports = new ArrayList<InstanceReport>();
        try {
            for (Map.Entry<String, byte[]> report : store.instances().entrySet()) {
                reports.add(InstanceReport.of(report.getKey(), report.getValue()));
            }
        } catch (IOException e) {
            // The message of these begins with a path, or is nothing else.
            String reason = e instanceof FileSystemException ? ((FileSystemException) e).getReason() : e.getMessage();
            throw new CommandFailedException(
                    name() + " does not tell its instances: " + (reason == null ? e : reason), e);
        }
        return reports;
    }

    static byte[] bytes(State state) {
        return (StateWriter.toJson(state) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
