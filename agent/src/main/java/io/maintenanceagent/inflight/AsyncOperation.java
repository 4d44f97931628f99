package io.maintenanceagent.inflight;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BooleanSupplier;

/**
 * Asynchronous processing of a request, from {@code startAsync} until its completion. It holds the request, and
 * releases it once, however often its completion is told.
 *
 * <p>An operation continues when a dispatch starts asynchronous processing again and the container tells so; otherwise,
 * as after a completion, a new operation begins. Safe for any thread.
 */
public final class AsyncOperation {

    private static final AtomicIntegerFieldUpdater<AsyncOperation> COMPLETED =
            AtomicIntegerFieldUpdater.newUpdater(AsyncOperation.class, "completed");

    private static final AtomicIntegerFieldUpdater<AsyncOperation> STARTS =
            AtomicIntegerFieldUpdater.newUpdater(AsyncOperation.class, "starts");

    private final InFlightRequests requests;
    private final InFlightRequest request;
    private final AsyncOperation before;
    private volatile int completed; // 0, then 1
    private volatile int starts;
    private volatile WeakIdentity container; // its own request object; null if that cannot be had
    private boolean ofExchange; // before others see it
    private volatile BooleanSupplier lost; // null until it is known whom to ask

    AsyncOperation(InFlightRequests requests, InFlightRequest request, AsyncOperation before) {
        this.requests = requests;
        this.request = request;
        this.before = before == null || before.isCompleted() ? null : before;
    }

    /**
     * Sets the object by which dispatches of the request are found. Called before the container can tell the
     * completion.
     *
     * @param containerRequest the container's request, without wrappers; {@code null} if that cannot be had
     */
    public void isKnownAs(Object containerRequest) {
        if (containerRequest != null) {
            container = new WeakIdentity(containerRequest);
            requests.operations.put(container, this);
        }
    }

    /**
     * Says that it is a server's whole exchange, that begins before its handlers. It is known by an object that lives
     * as long as the exchange can be answered.
     *
     * @param exchange that object
     */
    void isExchange(Object exchange) {
        ofExchange = true;
        container = new WeakIdentity(exchange);
        AsyncOperation unended = requests.operations.put(container, this);
        if (unended != null) {
            unended.complete(); // the server uses its object again, so that one is over
        }
    }

    /**
     * Returns the object that a server's whole exchange is known by, also where a handler has started something within
     * it; {@code null} if there is none, or it was collected.
     */
    public Object exchange() {
        if (ofExchange) {
            return container.get();
        }
        return before == null ? null : before.exchange();
    }

    /** The object that the container knows its request by; {@code null} if that is not known, or was collected. */
    Object container() {
        WeakIdentity identity = container;
        return identity == null ? null : identity.get();
    }

    /** Whether it is a server's whole exchange, and not what a handler has started. */
    boolean isOfExchange() {
        return ofExchange;
    }

    /**
     * Sets what tells whether the container has dropped the request without telling its completion.
     *
     * @param dropped asked by any thread
     */
    public void whenLost(BooleanSupplier dropped) {
        lost = dropped;
    }

    /**
     * Records that a dispatch has started asynchronous processing again, whose completion will be told to this
     * operation. Called by the thread of that dispatch, within its {@code startAsync}.
     */
    public void startsAgain() {
        STARTS.incrementAndGet(this);
    }

    /** Completes the operation. Further calls do nothing. */
    public void complete() {
        if (COMPLETED.compareAndSet(this, 0, 1)) {
            if (container != null) {
                requests.operations.remove(container, this); // containers use their objects again
            }
            requests.release(request);
            if (before != null) {
                before.complete(); // the earlier one's completion may never be told
            }
        }
    }

    boolean isCompleted() {
        return completed != 0;
    }

    /** How often it was told that it {@link #startsAgain starts again}. */
    int starts() {
        return starts;
    }

    /** The request that it holds until it is completed. */
    InFlightRequest request() {
        return request;
    }

    /** Completes the operation if the container has dropped the request and will not tell its completion. */
    void completeIfLost() {
        BooleanSupplier asked = lost;
        WeakIdentity exchange = container; // another thread may be about to set it
        boolean isLost =
                asked == null ? ofExchange && exchange != null && exchange.get() == null : asked.getAsBoolean();
        if (isLost && !isCompleted()) {
            complete();
        }
    }
}
