package io.maintenanceagent.work.schedule;

import io.maintenanceagent.work.Fields;
import io.maintenanceagent.work.WeakTable;
import java.util.concurrent.Executor;

/**
 * A persistent timer of Liberty's. What it does is read from the store in the transaction that runs it; before it has
 * run once in this JVM its class is not known. While it is held the store is left alone.
 */
final class LibertyPersistentTimeout extends EjbTimeout {

    /** The class of timers that have not run in this JVM. */
    static final String UNKNOWN = "com.ibm.ws.concurrent.persistent.internal.InvokerTask";

    private static final int EJB_TIMER = 16;

    private final Object task;
    private final Known known;

    /** What is known of a task of the persistent executor. */
    static final class Known extends WeakTable.Entry {
        volatile String className = UNKNOWN;
        volatile boolean repeating;
        volatile long skipUntil; // in milliseconds since 1970: what was due before is skipped if it is repeating

        Known(Object task) {
            super(task);
        }
    }

    /**
     * @param task an {@code InvokerTask}, which is about to run
     * @param known what is known of it
     */
    LibertyPersistentTimeout(Object task, Known known) {
        this.task = task;
        this.known = known;
    }

    /** Returns whether a task is a timer of a bean. */
    static boolean isTimer(Object task) {
        return ((Short) Fields.get(task, "binaryFlags") & EJB_TIMER) != 0;
    }

    /** Returns when a task is due, in milliseconds since 1970. */
    static long due(Object task) {
        return (Long) Fields.get(task, "expectedExecTime");
    }

    @Override
    String className() {
        return known.className;
    }

    @Override
    boolean isRepeating() {
        return known.repeating;
    }

    @Override
    boolean skip() {
        return false;
    }

    @Override
    boolean isWanted() {
        return !Boolean.TRUE.equals(Fields.get(Fields.get(task, "persistentExecutor"), "deactivated"));
    }

    @Override
    void goesOn() {
        known.skipUntil = System.currentTimeMillis();
        Object executor = Fields.get(Fields.get(task, "persistentExecutor"), "scheduledExecutor");
        if (executor != null) { // else it is being stopped
            ((Executor) executor).execute((Runnable) task);
        }
    }
}
