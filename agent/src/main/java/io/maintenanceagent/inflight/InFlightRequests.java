package io.maintenanceagent.inflight;

import io.maintenanceagent.api.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

/**
 * The in-flight requests: those that were let in and have not ended.
 *
 * <p>They are in a table: each takes the first free place after a hash of its thread's id, and frees it at its end.
 * That is one compare-and-set and one ordered write a request, on cache lines that threads seldom share, and the table
 * knows each request, not only their number. If a few places in a row are taken, the request goes to a larger table,
 * where the search begins at random.
 *
 * <p>A request is added before it is decided. So a thread that replaces the enforcement snapshot and then counts sees
 * every request that the snapshot before let in.
 *
 * <p>Safe for any thread.
 */
public final class InFlightRequests {

    private static final int FIRST_SIZE = 256;
    private static final int GROWTH = 4;
    private static final int LARGEST_SIZE = 1 << 16;
    private static final int TRIES = 8;

    /** How often an undecided request is checked again. */
    private static final int LOOKS = 50;

    private final Table first = new Table(1, FIRST_SIZE); // no ticket is 0

    /** The operations that are not completed, by the object that identifies their request in the container. */
    final ConcurrentMap<WeakIdentity, AsyncOperation> operations =
            new ConcurrentHashMap<WeakIdentity, AsyncOperation>();

    private volatile long clockNanos = System.nanoTime();

    /** Advances the clock that gives requests their begin; to read the system's would cost more than all else here. */
    public void tick() {
        clockNanos = System.nanoTime();
    }

    /**
     * Adds a request that is at its outermost entry point, on this thread.
     *
     * @param request the request snapshot; read later by other threads
     * @return the request, not yet decided; {@link #leave} must follow
     */
    public InFlightRequest begin(RequestView request) {
        return place(new InFlightRequest(request, Thread.currentThread(), clockNanos));
    }

    /**
     * Continues a request that was let in, on this thread: a dispatch of what has become asynchronous, or an error
     * page. It is a part of that request until the thread leaves it: Undertow tells the completion while such a thread
     * is still at it. Where the request is over (Undertow again, before a dispatch that was asked for when there was an
     * error), it counts for itself.
     *
     * @param view the request snapshot
     * @param containerRequest the container's request, without wrappers; {@code null} if that cannot be had
     * @return what is on this thread, let in; {@link #leave} must follow
     */
    public InFlightRequest goOn(RequestView view, Object containerRequest) {
        InFlightRequest continued = containerRequest == null ? null : held(containerRequest);
        if (continued == null) {
            InFlightRequest own = begin(view);
            own.letIn(false);
            return own;
        }
        try {
            return place(new InFlightRequest(view, Thread.currentThread(), clockNanos, continued));
        } catch (Error e) {
            release(continued);
            throw e;
        }
    }

    /**
     * Returns whether a container's request was let in and is asynchronous.
     *
     * @param containerRequest the container's request, without wrappers; {@code null} if that cannot be had
     */
    public boolean isAsynchronous(Object containerRequest) {
        return containerRequest != null && operations.get(new WeakIdentity(containerRequest)) != null;
    }

    /**
     * Returns a request that lasts until its server has completed it.
     *
     * @param exchange identifies the request, as for {@link #awaitCompletion}
     * @return {@code null} if there is none, or it is completed
     */
    public InFlightRequest of(Object exchange) {
        AsyncOperation operation = operations.get(new WeakIdentity(exchange));
        return operation == null ? null : operation.request();
    }

    private InFlightRequest place(InFlightRequest running) {
        int home = spread(Thread.currentThread().getId());
        Table table = first;
        while (!table.take(running, home)) {
            table = table.next();
            home = ThreadLocalRandom.current().nextInt(); // one thread may have begun thousands that are asynchronous
        }
        return running;
    }

    /** The asynchronous request that the container knows by that object, held; {@code null} if there is none. */
    private InFlightRequest held(Object containerRequest) {
        AsyncOperation operation = operations.get(new WeakIdentity(containerRequest));
        return operation != null && operation.request().hold() ? operation.request() : null;
    }

    /**
     * Returns the request of a ticket.
     *
     * @param ticket the {@link InFlightRequest#ticket} of a request or dispatch on this thread
     */
    public InFlightRequest with(long ticket) {
        return table(ticket).places.get((int) ticket);
    }

    private Table table(long ticket) {
        Table table = first;
        for (int number = (int) (ticket >>> Integer.SIZE); number > first.number; number--) {
            table = table.next;
        }
        return table;
    }

    /**
     * Lets a request in that nothing refuses, and counts it at its place in the table, so that threads share no
     * counter.
     *
     * @param running a request that began here
     */
    public void pass(InFlightRequest running) {
        running.letIn(false);
        AtomicLongArray passed = table(running.ticket()).passed;
        int place = (int) running.ticket();
        passed.lazySet(place, passed.get(place) + 1);
    }

    /** Returns how many requests have {@link #pass passed}. */
    public long passed() {
        long sum = 0;
        for (Table table = first; table != null; table = table.next) {
            for (int i = 0; i < table.passed.length(); i++) {
                sum += table.passed.get(i);
            }
        }
        return sum;
    }

    /**
     * Records that the calling thread leaves the outermost entry point. Further calls do nothing.
     *
     * @param running a request that began here, or goes on here
     */
    public void leave(InFlightRequest running) {
        if (running.leave()) {
            ended(running);
        }
    }

    /**
     * Records that the calling thread has started asynchronous processing.
     *
     * @param running what is on this thread
     * @return the operation to complete; {@code null} if an earlier one continues
     */
    public AsyncOperation startAsync(InFlightRequest running) {
        return running.startAsync(this);
    }

    /**
     * Makes a request last until its server has completed it, on any threads. Called by the thread that it began on,
     * before any other method about it.
     *
     * @param running a request that began here
     * @param exchange identifies the request in {@link #completed}; referenced weakly, and once it is collected the
     *     request has ended
     */
    public void awaitCompletion(InFlightRequest running, Object exchange) {
        AsyncOperation operation = running.startAsync(this);
        if (operation != null) {
            operation.isExchange(exchange);
        }
    }

    /**
     * Records that a server has completed a request. Any thread.
     *
     * @param exchange identifies the request
     */
    public void completed(Object exchange) {
        AsyncOperation operation = operations.get(new WeakIdentity(exchange));
        if (operation != null) {
            operation.complete();
        }
    }

    /**
     * Records that the outermost entry point ends by an exception, after which a server sends nothing more. Called by
     * its thread.
     *
     * @param running what is on this thread
     */
    public void failed(InFlightRequest running) {
        AsyncOperation operation = running.operation();
        if (operation != null && operation.isOfExchange()) {
            operation.complete();
        }
    }

    /**
     * @param running what is on this thread
     * @return the asynchronous processing that holds it and was started last, perhaps completed; {@code null} if there
     *     is none
     */
    public AsyncOperation operation(InFlightRequest running) {
        return (running.continued() == null ? running : running.continued()).operation();
    }

    /** Removes a holder of the request. */
    void release(InFlightRequest request) {
        if (request.release()) {
            ended(request);
        }
    }

    /** Frees the place of a request. Called once, by the caller that has ended it. */
    private void ended(InFlightRequest running) {
        table(running.ticket()).places.lazySet((int) running.ticket(), null);
        if (running.continued() != null) {
            release(running.continued());
        }
    }

    /**
     * Counts the in-flight requests.
     *
     * @param refused whether a request would be refused if it began now, for all that is known of its client
     * @param hasShare whether a share of clients is let in now: then it refuses none that was let in by one
     * @param preAttach how many pre-attach requests there are besides
     * @return the counts
     */
    public InFlightSnapshot snapshot(Predicate<RequestView> refused, boolean hasShare, int preAttach) {
        InFlightSnapshot snapshot = new InFlightSnapshot(System.nanoTime(), preAttach);
        for (Table table = first; table != null; table = table.next) {
            for (int i = 0; i < table.places.length(); i++) {
                InFlightRequest running = table.places.get(i);
                if (running != null && isThere(running) && running.continued() == null) {
                    boolean exempt = awaitDecided(running) && running.isExempt();
                    boolean stays = exempt || hasShare && running.isAdmitted();
                    snapshot.add(running, exempt, !stays && refused.test(running.request()));
                }
            }
        }
        return snapshot;
    }

    /** Returns whether there is any asynchronous request. */
    public boolean isAnyAsync() {
        return !operations.isEmpty();
    }

    /**
     * Returns asynchronous requests that would be refused if they began now, by the objects that containers know them
     * by.
     *
     * @param refused as for {@link #snapshot}
     * @param hasShare as for {@link #snapshot}
     */
    public List<Object> refusedAsync(Predicate<RequestView> refused, boolean hasShare) {
        List<Object> found = new ArrayList<Object>();
        for (Table table = first; table != null; table = table.next) {
            for (int i = 0; i < table.places.length(); i++) {
                InFlightRequest running = table.places.get(i);
                AsyncOperation operation = running == null ? null : running.operation();
                Object container = operation == null || operation.isCompleted() ? null : operation.container();
                boolean stays =
                        container == null || running.isExempt() || hasShare && running.isAdmitted() || running.isOver();
                if (!stays && refused.test(running.request())) {
                    found.add(container);
                }
            }
        }
        return found;
    }

    /**
     * Returns whether the calling thread is in a request, or a dispatch of one, that began so long ago. Looks through
     * all of them.
     *
     * @param ageNanos how long ago, in nanoseconds
     */
    public boolean isOnThread(long ageNanos) {
        Thread thread = Thread.currentThread();
        long now = System.nanoTime();
        for (Table table = first; table != null; table = table.next) {
            for (int i = 0; i < table.places.length(); i++) {
                InFlightRequest running = table.places.get(i);
                if (running != null && running.thread() == thread && !running.isOver()) {
                    InFlightRequest whole = running.continued() == null ? running : running.continued();
                    if (now - whole.begunNanos() >= ageNanos) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether a request is still running; ends one whose thread has died, or that the container has dropped. */
    private boolean isThere(InFlightRequest running) {
        if (running.isAbandoned() && running.leaveShared()) {
            ended(running);
        }
        AsyncOperation operation = running.operation();
        if (operation != null) {
            operation.completeIfLost();
        }
        return !running.isOver();
    }

    private static boolean awaitDecided(InFlightRequest running) {
        for (int i = 0; i < LOOKS && !running.isDecided(); i++) {
            Thread.yield();
        }
        return running.isDecided();
    }

    /** Fibonacci hashing: ids of threads that are made together are far from each other then. */
    private static int spread(long threadId) {
        int hash = (int) threadId * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    private static final class Table {
        final int number;
        final AtomicReferenceArray<InFlightRequest> places;
        final AtomicLongArray passed;
        private volatile Table next;

        Table(int number, int size) {
            this.number = number;
            places = new AtomicReferenceArray<InFlightRequest>(size);
            passed = new AtomicLongArray(size);
        }

        boolean take(InFlightRequest running, int home) {
            int mask = places.length() - 1;
            for (int i = 0; i < TRIES; i++) {
                int place = home + i & mask;
                if (places.get(place) == null) {
                    running.ticket = (long) number << Integer.SIZE | place;
                    if (places.compareAndSet(place, null, running)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private Table next() {
            if (next == null) {
                synchronized (this) {
                    if (next == null) {
                        next = new Table(number + 1, Math.min(places.length() * GROWTH, LARGEST_SIZE));
                    }
                }
            }
            return next;
        }
    }
}
