package io.maintenanceagent.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * The temporary override: maintenance that code in this JVM asks for. On while any {@link Handle} is open. Handles may
 * nest and be closed in any order, by any thread; the newest open one says what to tell. Safe for any thread.
 */
public final class TemporaryOverride {

    /** One request for maintenance. */
    public final class Handle implements AutoCloseable {
        private final String message;

        private Handle(String message) {
            this.message = message;
        }

        /** Returns what to tell those who are refused, or {@code null} for the default. */
        public String message() {
            return message;
        }

        /** Ends this request; maintenance goes on while other handles are open. Closing again does nothing. */
        @Override
        public void close() {
            remove(this);
        }
    }

    private final Runnable changed;
    private final List<Handle> open = new ArrayList<Handle>();
    private volatile Handle newest;
    private volatile long sinceMillis;

    /** @param changed called after each change, on the thread that made it, with no lock held */
    public TemporaryOverride(Runnable changed) {
        this.changed = changed;
    }

    /**
     * Asks for maintenance. Holds for every request that begins after this returns.
     *
     * @param message what to tell those who are refused, or {@code null} for the default
     * @return what ends it; close it in a {@code finally}
     */
    public Handle on(String message) {
        Handle handle = new Handle(message);
        synchronized (open) {
            if (open.isEmpty()) {
                sinceMillis = System.currentTimeMillis();
            }
            open.add(handle);
            newest = handle;
        }
        changed.run();
        return handle;
    }

    private void remove(Handle handle) {
        synchronized (open) {
            if (!open.remove(handle)) {
                return;
            }
            newest = open.isEmpty() ? null : open.get(open.size() - 1);
        }
        changed.run();
    }

    /**
     * Closes all open handles; closing one of them later does nothing.
     *
     * @return whether one was open
     */
    public boolean end() {
        synchronized (open) {
            if (open.isEmpty()) {
                return false;
            }
            open.clear();
            newest = null;
        }
        changed.run();
        return true;
    }

    /** Returns the newest open handle, or {@code null} if there is none. */
    public Handle newest() {
        return newest;
    }

    /** Returns since when there has been at least one, in milliseconds since 1970; meaningless if there is none. */
    public long sinceMillis() {
        return sinceMillis;
    }
}
