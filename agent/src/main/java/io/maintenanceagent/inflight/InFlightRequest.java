package io.maintenanceagent.inflight;

import io.maintenanceagent.api.RequestView;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * An in-flight request, or a later dispatch of it.
 *
 * <p>A request is <em>in flight</em> while anything holds it: its own thread, from its outermost entry point until that
 * returns; each {@link AsyncOperation} of it, until it is completed; each later dispatch, until its thread returns. Who
 * holds it is one number, and these are all its transitions:
 *
 * <ul>
 *   <li><em>begin</em>: its thread is in it, and nothing else holds it;
 *   <li><em>hold</em>: one more holds it, unless it has ended;
 *   <li><em>release</em>: one less holds it. Operations and dispatches hold it once and release it once;
 *   <li><em>leave</em>: its thread has left it. Once; by its thread, or by the thread that finds it dead;
 *   <li>it has <em>ended</em> after the release or the leave that leaves it without any holder. That state is final, so
 *       one caller learns that it has ended the request, and frees its place.
 * </ul>
 *
 * <p>Each of them is a compare-and-set, but for one: a request that never becomes asynchronous is known to its own
 * thread only, which leaves by an ordered write. Others may leave in its stead after that thread has died.
 *
 * <p>A dispatch ({@code ASYNC}, or {@code ERROR} on another thread) has a thread and a place of its own. It holds the
 * request that it {@link #continued continues}, which alone is counted.
 */
public final class InFlightRequest {

    private static final AtomicIntegerFieldUpdater<InFlightRequest> HOLDERS =
            AtomicIntegerFieldUpdater.newUpdater(InFlightRequest.class, "holders");

    private static final AtomicIntegerFieldUpdater<InFlightRequest> ADMISSION =
            AtomicIntegerFieldUpdater.newUpdater(InFlightRequest.class, "admission");

    /** Its thread has left it. Without any other holder it has ended. */
    private static final int LEFT = 1;

    /** One holder beside its thread. */
    private static final int HOLDER = 2;

    /** The request was let in. */
    private static final int PASSED = 1;

    /** The request was let in for a reason that holds in maintenance. */
    private static final int EXEMPT = 2;

    /** The request was let in because its client is in a share that is let in. */
    private static final int ADMITTED = 3;

    private final RequestView request;
    private final Thread thread;
    private final long begunNanos;
    private final InFlightRequest continued;
    private final AsyncOperation operationBefore;
    private final int startsBefore;
    private boolean started; // of its thread
    private volatile int holders; // 0 at first: writing it would cost each request a memory fence
    private volatile int admission; // 0 until it is decided
    private volatile AsyncOperation operation; // the latest; null until it is asynchronous

    /** Set by the collection that keeps the request, before other threads see it. */
    long ticket;

    InFlightRequest(RequestView request, Thread thread, long begunNanos) {
        this(request, thread, begunNanos, null);
    }

    /** @param continued a request that is held for this dispatch, or {@code null} if this is a request of its own */
    InFlightRequest(RequestView request, Thread thread, long begunNanos, InFlightRequest continued) {
        this.request = request;
        this.thread = thread;
        this.begunNanos = begunNanos;
        this.continued = continued;
        this.operationBefore = continued == null ? null : continued.operation;
        this.startsBefore = operationBefore == null ? 0 : operationBefore.starts();
    }

    /** Returns the request snapshot: safe for any thread, which the request object itself is not. */
    public RequestView request() {
        return request;
    }

    /** Returns the number, greater than 0, by which the request is found until its thread has left it. */
    public long ticket() {
        return ticket;
    }

    /** Returns whether the request has ended, so that its place may be another's. */
    public boolean isOver() {
        return holders == LEFT;
    }

    /**
     * Records that the request was let in, and why. Called by its thread, before the application sees the request.
     *
     * @param exempt whether for a reason that holds in maintenance
     */
    public void letIn(boolean exempt) {
        // Ordered, not volatile: the thread that counts looks again for a while (and no fence is spent on each
        // request).
        ADMISSION.lazySet(this, exempt ? EXEMPT : PASSED);
    }

    /** Records that the request was let in because its client is in a share. Called as {@link #letIn}. */
    public void letInByShare() {
        ADMISSION.lazySet(this, ADMITTED);
    }

    /** Whether it was let in because its client is in a share. */
    boolean isAdmitted() {
        return admission == ADMITTED;
    }

    boolean isDecided() {
        return admission != 0;
    }

    boolean isExempt() {
        return admission == EXEMPT;
    }

    /** Returns whether it was let in for a reason that holds in maintenance, a share among these. */
    public boolean isStaying() {
        return isExempt() || isAdmitted();
    }

    /** When it began, as {@link System#nanoTime} tells time, to a second or so. */
    long begunNanos() {
        return begunNanos;
    }

    /** The thread of its outermost entry point. */
    Thread thread() {
        return thread;
    }

    /** The request that this dispatch is a part of, or {@code null} if it is a request of its own. */
    InFlightRequest continued() {
        return continued;
    }

    /** Whether an asynchronous operation of it is not completed. */
    boolean isAsync() {
        AsyncOperation latest = operation;
        return latest != null
                && !latest.isCompleted()
                && !(latest.isOfExchange() && (holders & LEFT) == 0); // its handler is still running
    }

    /** The asynchronous operation that began last, or {@code null}. */
    AsyncOperation operation() {
        return operation;
    }

    /** Whether its thread has died without leaving it, as after a stack overflow. */
    boolean isAbandoned() {
        return (holders & LEFT) == 0 && !thread.isAlive();
    }

    /** Adds a holder; {@code false} if the request has ended. */
    boolean hold() {
        for (; ; ) {
            int now = holders;
            if (now == LEFT) {
                return false;
            }
            if (HOLDERS.compareAndSet(this, now, now + HOLDER)) {
                return true;
            }
        }
    }

    /** Removes a holder; returns whether that ends the request. */
    boolean release() {
        return HOLDERS.addAndGet(this, -HOLDER) == LEFT;
    }

    /** Records that the calling thread, which is its own, has left the request; returns whether that ends it. */
    boolean leave() {
        if (operation != null) {
            return leaveShared();
        }
        boolean isIn = holders == 0;
        HOLDERS.lazySet(this, LEFT);
        return isIn;
    }

    /** Records the same; any thread may call it if the request is {@link #isAbandoned abandoned}. */
    boolean leaveShared() {
        for (; ; ) {
            int now = holders;
            if ((now & LEFT) != 0) {
                return false;
            }
            if (HOLDERS.compareAndSet(this, now, now | LEFT)) {
                return now == 0;
            }
        }
    }

    /**
     * Records that its thread has started asynchronous processing. A container calls {@code startAsync} of the request
     * within that of its facade; more than one start there is not in a dispatch (Servlet 3.0,
     * {@code ServletRequest.startAsync}).
     *
     * @return the operation that begins with it and holds the request; {@code null} if it belongs to one that goes on
     */
    AsyncOperation startAsync(InFlightRequests requests) {
        if (started) {
            return null;
        }
        started = true;
        InFlightRequest whole = continued == null ? this : continued;
        AsyncOperation before = whole.operation;
        if (before != null && before == operationBefore && before.starts() != startsBefore) {
            return null; // startsAgain was called within startAsync, and the operation may be completed since
        }
        whole.hold(); // succeeds: this thread holds it already
        AsyncOperation next = new AsyncOperation(requests, whole, before);
        whole.operation = next;
        return next;
    }
}
