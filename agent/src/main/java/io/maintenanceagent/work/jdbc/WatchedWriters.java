package io.maintenanceagent.work.jdbc;

import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.work.Writer;
import java.util.List;

/**
 * Who writes while maintenance is on and nothing is refused; forgotten when the next maintenance begins. Safe for any
 * thread.
 */
public final class WatchedWriters {

    private final Writers writers = new Writers();
    private final ErrorReporter errors;
    private long firstNanos; // of the maintenance that writers is about; guarded by this
    private boolean any; // guarded by this

    /** @param errors where the first one of each maintenance is said */
    WatchedWriters(ErrorReporter errors) {
        this.errors = errors;
    }

    /**
     * Counts a write on this thread.
     *
     * @param caller class and method
     * @param onForNanos how long maintenance has been on, in nanoseconds
     */
    void add(String caller, long onForNanos) {
        String thread = Thread.currentThread().getName();
        if (isFirst(onForNanos)) {
            errors.report(
                    "jdbc " + caller,
                    caller + " writes to a database in maintenance, on thread \"" + thread
                            + "\"; status names all that do, and \"work\": {\"jdbc\": \"refuse\"} in the policy"
                            + " refuses it");
        }
        writers.add(caller, thread, System.currentTimeMillis());
    }

    /** Whether it is the first one of this maintenance. */
    private synchronized boolean isFirst(long onForNanos) {
        long now = System.nanoTime();
        if (any && now - firstNanos <= onForNanos) {
            return false;
        }
        writers.clear();
        any = true;
        firstNanos = now;
        return true;
    }

    /** Returns who has written, who did most first; {@link Writers#OTHERS} stands for all beyond a hundred. */
    public List<Writer> list() {
        return writers.list();
    }
}
