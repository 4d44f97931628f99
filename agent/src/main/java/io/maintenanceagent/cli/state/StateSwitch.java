package io.maintenanceagent.cli.state;

import io.maintenanceagent.api.InstanceRegistry;
import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.state.StateWriter;
import io.maintenanceagent.store.remote.ReplicatedStore;
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
 * Reads and replaces the state of a store as a whole, so that no other write is half overwritten. Safe for any thread;
 * one at a time uses the store.
 */
public final class StateSwitch {

    private static final int ATTEMPTS = 50;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int BLANK_ATTEMPTS = 20;

    private final StateStore store;

    public StateSwitch(StateStore store) {
        this.store = store;
    }

    public String name() {
        return store.name();
    }

    /** Reads the store content; waits up to a second for a write in progress to end. */
    public StoreContent read() throws CommandFailedException {
        StoreContent held = readOnce();
        for (int i = 1; i < BLANK_ATTEMPTS && held.state() == null && held.problem() != null; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            held = readOnce();
        }
        return held;
    }

    public synchronized StoreContent readOnce() throws CommandFailedException {
        try {
            return StoreContent.of(store.read());
        } catch (IOException e) {
            throw new CommandFailedException(
                    name() + " " + e.getMessage() + "; check --file or --store, and who may read it", e);
        }
    }

    /**
     * Replaces the store content if it is what was expected; returns whether it did.
     *
     * @param expected the content that was read
     * @param content the new content; {@code null} for none
     */
    public synchronized boolean replace(StoreContent expected, byte[] content) throws CommandFailedException {
        try {
            return store.compareAndSet(expected.content(), content);
        } catch (IOException e) {
            if (holds(content)) {
                return true; // only the reply was lost
            }
            throw new CommandFailedException(
                    name() + " " + e.getMessage() + "; nothing was changed as far as is known, see status", e);
        }
    }

    /** Returns a line about what may be lost of the last write, or {@code null}. */
    public String lastWriteRisk() {
        String risk = store instanceof ReplicatedStore ? ((ReplicatedStore) store).lastWriteRisk() : null;
        return risk == null ? null : name() + " " + risk;
    }

    private boolean holds(byte[] content) {
        try {
            return Arrays.equals(store.read(), content);
        } catch (IOException ignored) {
            // the store is still unreachable
            return false;
        }
    }

    /**
     * Replaces the store content by a state.
     *
     * @param change the state, which may depend on what is there
     * @param force whether to overwrite a content that is no state
     * @return the content before
     */
    public StoreContent write(StateChange change, boolean force) throws CommandFailedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoreContent held = readOnce();
            if (!force && held.state() == null && held.problem() != null && !StateParser.isBlank(held.content())) {
                throw new CommandFailedException(name() + " " + held.problem()
                        + ". It is not overwritten; name the file or key that holds the state, or give --force");
            }
            State state = change.after(held.state());
            checkReadable(state);
            if (replace(held, bytes(state))) {
                return held;
            }
        }
        throw new CommandFailedException(name() + " is changed by others all the time; nothing was written, try again");
    }

    /** Refuses states that agents could not read: too large, or with a year beyond four digits. */
    private static void checkReadable(State state) throws CommandFailedException {
        String problem = StoreContent.of(bytes(state)).problem();
        if (problem != null) {
            throw new CommandFailedException(
                    "what is asked for " + problem.replace(StoreContent.STAYS, "") + "; nothing was written");
        }
    }

    /** Returns whether instances can report to the store. */
    public boolean listsInstances() {
        return store.instances() != null;
    }

    /**
     * Checks that somebody who waits can be told of instances.
     *
     * @param instead what to do if not
     * @throws CommandFailedException if the store has no list of instances
     */
    public void checkListsInstances(String instead) throws CommandFailedException {
        if (!listsInstances()) {
            throw new CommandFailedException(name()
                    + " keeps no reports of instances, so nobody can wait for them; nothing was changed; " + instead);
        }
    }

    /** Returns all instances that report to the store now; none if the store has no list of them. */
    public synchronized List<InstanceReport> instances() throws CommandFailedException {
        List<InstanceReport> reports = new ArrayList<InstanceReport>();
        InstanceRegistry registry = store.instances();
        if (registry == null) {
            return reports;
        }
        try {
            for (Map.Entry<String, byte[]> report : registry.reports().entrySet()) {
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

    public static byte[] bytes(State state) {
        return (StateWriter.toJson(state) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
