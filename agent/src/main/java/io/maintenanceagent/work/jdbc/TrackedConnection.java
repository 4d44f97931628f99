package io.maintenanceagent.work.jdbc;

import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.WeakTable;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * What is known of a connection: whether a thread is in a writing statement of it, and whether a transaction of it has
 * written. A pool's connection and the driver's within it are two, each with what passes through it.
 *
 * <ul>
 *   <li><em>A statement</em> is in flight from its begin to its end, on one thread: {@link #begins} and {@link #ended}.
 *       With auto-commit it is a transaction in itself.
 *   <li><em>A transaction</em> is in flight from its first writing statement until commit, rollback, the switch back to
 *       auto-commit, or the end of the connection: {@link #wrote} and {@link #over}.
 *   <li>What writes in maintenance without having begun before (it is watched, say) is <em>late</em>: nobody waits for
 *       it, and its commit may be refused.
 * </ul>
 *
 * <p>The fields are written by the thread that uses the connection and read by others. The writes are ordered and no
 * more, since a fence would cost more than all else here; they are visible long before anybody has looked after a flip.
 */
final class TrackedConnection extends WeakTable.Entry implements BegunWork {

    private static final AtomicReferenceFieldUpdater<TrackedConnection, Thread> EXECUTING =
            AtomicReferenceFieldUpdater.newUpdater(TrackedConnection.class, Thread.class, "executing");

    private static final AtomicReferenceFieldUpdater<TrackedConnection, Thread> OWNER =
            AtomicReferenceFieldUpdater.newUpdater(TrackedConnection.class, Thread.class, "owner");

    private volatile Thread executing; // the thread in a writing statement
    private volatile Thread owner; // the thread that wrote first in the transaction; null for none
    private volatile boolean late;
    private volatile long lateNanos; // when it was late for the first time
    private volatile long seenNanos; // 0 until somebody looked
    private boolean autoCommit;
    private boolean begun; // by a statement of SQL
    private boolean closed;

    /**
     * @param connection a connection
     * @param autoCommit whether each of its statements is a transaction
     */
    TrackedConnection(Object connection, boolean autoCommit) {
        super(connection);
        this.autoCommit = autoCommit;
    }

    /** A writing statement begins on this thread. */
    void begins() {
        EXECUTING.lazySet(this, Thread.currentThread());
    }

    /** The statement that has begun goes on: it was let in. */
    void wrote() {
        if (owner == null && !isAlone()) {
            OWNER.lazySet(this, Thread.currentThread());
        }
    }

    /** A statement goes on that is not in flight: nobody waits for it. */
    void wroteLate() {
        if (!isAlone() && !late) {
            lateNanos = System.nanoTime();
            late = true;
        }
    }

    /** The statement has ended, or is not let in. */
    void ends() {
        EXECUTING.lazySet(this, null);
        if (owner == null && seenNanos != 0) {
            seenNanos = 0;
        }
    }

    /** The transaction is over. */
    void over() {
        if (owner != null || late) {
            OWNER.lazySet(this, null);
            late = false;
            seenNanos = 0;
        }
        begun = false;
    }

    /**
     * A transaction begins by a statement of SQL, or did not begin after all.
     *
     * @param now whether there is one
     * @return whether there was one before
     */
    boolean begun(boolean now) {
        boolean before = begun;
        begun = now;
        return before;
    }

    /** It is not tracked any more; some pools open the same object again. */
    void closed() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    void autoCommit(boolean now) {
        autoCommit = now;
    }

    /** Whether a statement that begins now is a transaction in itself. */
    private boolean isAlone() {
        return autoCommit && !begun;
    }

    /** Whether its transaction has written, and began before or was let in. */
    boolean hasWritten() {
        return owner != null;
    }

    /** Whether its transaction has written, and did not begin before, in the last so many nanoseconds. */
    boolean hasWrittenLate(long withinNanos) {
        return late && owner == null && System.nanoTime() - lateNanos <= withinNanos;
    }

    /** The thread that is in flight with it; {@code null} if there is none. */
    Thread thread() {
        Thread inStatement = executing;
        return inStatement == null ? owner : inStatement;
    }

    /** Since when it has been seen to be in flight; that is later than its begin, by the time between two looks. */
    long seenNanos(long nowNanos) {
        if (seenNanos == 0) {
            seenNanos = nowNanos | 1;
        }
        return seenNanos;
    }

    @Override
    public Object ended(Object result) {
        ends();
        return result;
    }

    @Override
    public void failed(Throwable thrown) {
        ends();
    }
}
