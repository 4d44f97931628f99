package io.maintenanceagent.work.jdbc;

import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.WeakTable;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

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
 * <p>The fields are written by the thread that uses the connection and read by others. What each statement writes is a
 * number, and ordered, no more: a fence, or a reference that the collector has to be told of, would cost more than all
 * else here. It is visible long before anybody has looked after a flip.
 */
final class TrackedConnection extends WeakTable.Entry implements BegunWork {

    private static final AtomicIntegerFieldUpdater<TrackedConnection> EXECUTING =
            AtomicIntegerFieldUpdater.newUpdater(TrackedConnection.class, "executing");

    private static final AtomicIntegerFieldUpdater<TrackedConnection> WRITTEN =
            AtomicIntegerFieldUpdater.newUpdater(TrackedConnection.class, "written");

    private static final int YES = 1;
    private static final int NO = 0;

    private volatile Thread thread; // the last one in a writing statement; null for none
    private volatile int executing; // whether that thread is in one
    private volatile int written; // whether its transaction has written, and began before or was let in
    private volatile boolean late;
    private volatile long lateNanos; // when it was late for the first time
    private volatile long seenNanos; // 0 until somebody looked
    private boolean autoCommit;
    private boolean begun; // by a statement of SQL
    private boolean alone; // whether a statement that begins now is a transaction in itself
    private boolean closed;

    /**
     * @param connection a connection
     * @param autoCommit whether each of its statements is a transaction
     */
    TrackedConnection(Object connection, boolean autoCommit) {
        super(connection);
        this.autoCommit = autoCommit;
        this.alone = autoCommit;
    }

    /** A writing statement begins on this thread. */
    void begins() {
        Thread mine = Thread.currentThread();
        if (thread != mine) {
            thread = mine;
        }
        EXECUTING.lazySet(this, YES);
    }

    /** The statement that has begun goes on: it was let in. */
    void wrote() {
        if (written == NO && !alone) {
            WRITTEN.lazySet(this, YES);
        }
    }

    /** A statement goes on that is not in flight: nobody waits for it. */
    void wroteLate() {
        if (!alone && !late) {
            lateNanos = System.nanoTime();
            late = true;
        }
    }

    /** The statement has ended, or is not let in. */
    void ends() {
        EXECUTING.lazySet(this, NO);
        if (seenNanos != 0 && written == NO) {
            seenNanos = 0;
        }
    }

    /** The transaction is over. */
    void over() {
        if (written == YES || late) {
            WRITTEN.lazySet(this, NO);
            late = false;
            seenNanos = 0;
        }
        begun = false;
        alone = autoCommit;
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
        alone = autoCommit && !now;
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
        alone = now && !begun;
    }

    /** Whether its transaction has written, and began before or was let in. */
    boolean hasWritten() {
        return written == YES;
    }

    /** Whether its transaction has written, and did not begin before, in the last so many nanoseconds. */
    boolean hasWrittenLate(long withinNanos) {
        return late && written == NO && System.nanoTime() - lateNanos <= withinNanos;
    }

    /** The thread that is in flight with it; {@code null} if there is none. */
    Thread thread() {
        return executing == YES || written == YES ? thread : null;
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
