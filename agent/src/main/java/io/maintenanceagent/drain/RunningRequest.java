package io.maintenanceagent.drain;

import io.maintenanceagent.api.RequestView;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A request that was let in and is not finished. It runs from its outermost entry until that has returned and, if it
 * went asynchronous meanwhile, until the container tells its completion as well.
 */
public final class RunningRequest {

    private static final AtomicIntegerFieldUpdater<RunningRequest> STATE =
            AtomicIntegerFieldUpdater.newUpdater(RunningRequest.class, "state");

    /** On a thread, in its outermost entry. */
    private static final int ENTERED = 1;

    /** Between {@code startAsync} and completion. */
    private static final int ASYNC = 2;

    /** It is known what became of it. */
    private static final int DECIDED = 4;

    /** It was let in for a reason that holds in maintenance. */
    private static final int EXEMPT = 8;

    private final RequestView request;
    private final Thread thread;
    private final long begunNanos;
    private volatile int state = ENTERED;
    private boolean wentAsync; // of the entry's thread

    /** Where it is kept, {@code null} at last; of the collection that keeps it. */
    RunningRequests.Table table;

    int place;

    RunningRequest(RequestView request, Thread thread, long begunNanos) {
        this.request = request;
        this.thread = thread;
        this.begunNanos = begunNanos;
    }

    /** @return what is remembered of the request: safe for any thread, the request object itself is not */
    public RequestView request() {
        return request;
    }

    /** @return when it began, as {@link System#nanoTime} tells time, to a second or so */
    long begunNanos() {
        return begunNanos;
    }

    Thread thread() {
        return thread;
    }

    /**
     * Says why it was let in. Called once, by its thread.
     *
     * @param exempt whether for a reason that holds in maintenance
     */
    public void letIn(boolean exempt) {
        // Ordered, not volatile: whoever counts looks again for a while (and no fence is spent on each request).
        STATE.lazySet(this, exempt ? ENTERED | DECIDED | EXEMPT : ENTERED | DECIDED);
    }

    boolean isDecided() {
        return (state & DECIDED) != 0;
    }

    boolean isExempt() {
        return (state & EXEMPT) != 0;
    }

    boolean isAsync() {
        return (state & ASYNC) != 0;
    }

    boolean isEntered() {
        return (state & ENTERED) != 0;
    }

    /** @return whether it is new that the request is asynchronous; called by its thread */
    boolean asyncBegins() {
        wentAsync = true;
        for (; ; ) {
            int now = state;
            if ((now & ASYNC) != 0) {
                return false;
            }
            if (STATE.compareAndSet(this, now, now | ASYNC)) {
                return true;
            }
        }
    }

    /** @return whether this ends the request */
    boolean asyncEnds() {
        return ends(ASYNC);
    }

    /** @return whether this ends the request */
    boolean entryEnds() {
        return !wentAsync || ends(ENTERED);
    }

    private boolean ends(int part) {
        for (; ; ) {
            int now = state;
            if ((now & part) == 0) {
                return false;
            }
            int next = now & ~part;
            if (STATE.compareAndSet(this, now, next)) {
                return (next & (ENTERED | ASYNC)) == 0;
            }
        }
    }
}
