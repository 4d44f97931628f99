package io.maintenanceagent.inflight;

import io.maintenanceagent.api.RequestView;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BooleanSupplier;

/**
 * A request that was let in and is not finished. It runs from its outermost entry until that has returned and, if it
 * went asynchronous meanwhile, until the container tells its completion as well.
 */
public final class InFlightRequest {

    private static final AtomicIntegerFieldUpdater<InFlightRequest> STATE =
            AtomicIntegerFieldUpdater.newUpdater(InFlightRequest.class, "state");

    /** No thread is in its outermost entry any more. */
    private static final int LEFT = 1;

    /** Between {@code startAsync} and completion. */
    private static final int ASYNC = 2;

    /** It is known what became of it. */
    private static final int DECIDED = 4;

    /** It was let in for a reason that holds in maintenance. */
    private static final int EXEMPT = 8;

    /** A part of another one, which is counted already. */
    private static final int PART = 16;

    private final RequestView request;
    private final Thread thread;
    private final long begunNanos;
    private volatile int state; // 0 at first: writing it would cost each request a memory fence
    private boolean wentAsync; // of the entry's thread
    private volatile BooleanSupplier lost; // null until it is known whom to ask
    private volatile WeakReference<Object> container; // its own request object, once it is asynchronous
    private volatile InFlightRequest part; // null until it is dispatched

    /** Of the collection that keeps it. */
    long ticket;

    InFlightRequest(RequestView request, Thread thread, long begunNanos) {
        this.request = request;
        this.thread = thread;
        this.begunNanos = begunNanos;
    }

    /** @return what is remembered of the request: safe for any thread, the request object itself is not */
    public RequestView request() {
        return request;
    }

    /** @return by which number it is found while its outermost entry lasts, greater than 0; 0 when it is finished */
    public long ticket() {
        return ticket;
    }

    /** @return when it began, as {@link System#nanoTime} tells time, to a second or so */
    long begunNanos() {
        return begunNanos;
    }

    Thread thread() {
        return thread;
    }

    /** Goes on in another one, which is not decided; unless it is completed meanwhile, that is a part of this one. */
    void goesOnIn(InFlightRequest next) {
        part = next;
        if (isAsync()) {
            STATE.compareAndSet(next, 0, DECIDED | PART);
        } else {
            next.becomesWhole();
        }
    }

    /** Whether it is asynchronous, and the container knows it by that object. */
    boolean isAsynchronous(Object request) {
        WeakReference<Object> known = container;
        return known != null && known.get() == request && isAsync();
    }

    boolean isPart() {
        return (state & PART) != 0;
    }

    private void becomesWhole() {
        state = DECIDED;
    }

    /**
     * Says why it was let in. Called once, by its thread.
     *
     * @param exempt whether for a reason that holds in maintenance
     */
    public void letIn(boolean exempt) {
        // Ordered, not volatile: whoever counts looks again for a while (and no fence is spent on each request).
        STATE.lazySet(this, exempt ? DECIDED | EXEMPT : DECIDED);
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
        return (state & LEFT) == 0;
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

    /**
     * Says by which object dispatches of the request are known.
     *
     * @param request the container's request, without wrappers; {@code null} if that cannot be had
     */
    public void isKnownAs(Object request) {
        container = request == null ? null : new WeakReference<Object>(request);
    }

    /**
     * Says who knows whether the container has dropped the request without telling its completion.
     *
     * @param lost asked by any thread
     */
    public void whenLost(BooleanSupplier lost) {
        this.lost = lost;
    }

    /** Whether it is asynchronous and nobody will tell its completion any more. */
    boolean isLost() {
        BooleanSupplier asked = lost;
        return asked != null && isAsync() && asked.getAsBoolean();
    }

    /** @return whether this ends the request */
    boolean asyncEnds() {
        for (; ; ) {
            int now = state;
            if ((now & ASYNC) == 0) {
                return false;
            }
            if (STATE.compareAndSet(this, now, now & ~ASYNC)) {
                InFlightRequest last = part;
                if (last != null) {
                    last.becomesWhole();
                }
                return (now & LEFT) != 0;
            }
        }
    }

    /** @return whether this ends the request */
    boolean entryEnds() {
        if (!wentAsync) {
            return true;
        }
        for (; ; ) {
            int now = state;
            if ((now & LEFT) != 0) {
                return false;
            }
            if (STATE.compareAndSet(this, now, now | LEFT)) {
                return (now & ASYNC) == 0;
            }
        }
    }
}
