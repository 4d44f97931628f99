package io.maintenanceagent.inflight;

import io.maintenanceagent.api.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;

/**
 * The requests that were let in and are not finished.
 *
 * <p>A car park: each request takes the first free place from where its thread's id points, remembers it, and leaves it
 * free at its end. That is one compare-and-set and one ordered write a request, on cache lines that threads seldom
 * share, and it holds who is there, not only how many. Where a few places in a row are taken, there is a larger park
 * behind.
 *
 * <p>A request is here before it is decided. So whoever changes what is decided and counts afterwards sees every
 * request that was let in by what held before: never too few.
 *
 * <p>Safe for any thread.
 */
public final class InFlightRequests {

    private static final int FIRST_SIZE = 256;
    private static final int GROWTH = 4;
    private static final int LARGEST_SIZE = 1 << 16;
    private static final int TRIES = 8;

    /** How often it is looked again at a request that is just being decided. */
    private static final int LOOKS = 50;

    private final Table first = new Table(1, FIRST_SIZE); // no ticket is 0
    private volatile long clockNanos = System.nanoTime();

    /** Tells the time that requests begin at; a clock of its own would cost a request more than all the rest. */
    public void tick() {
        clockNanos = System.nanoTime();
    }

    /**
     * A request is at its outermost entry, on this thread.
     *
     * @param request what is remembered of it; read later by other threads
     * @return the request, not yet decided; {@link #entryEnds} must follow
     */
    public InFlightRequest begin(RequestView request) {
        Thread thread = Thread.currentThread();
        InFlightRequest running = new InFlightRequest(request, thread, clockNanos);
        int home = spread(thread.getId());
        Table table = first;
        while (!table.take(running, home)) {
            table = table.next();
        }
        return running;
    }

    /**
     * A request that was let in goes on, on this thread: a dispatch of what has become asynchronous, or an error page.
     * If it is asynchronous, it is counted already until its completion is told; but Undertow tells that while such a
     * thread is still at it, and before a dispatch that was asked for when there was an error. Then this counts for
     * itself.
     *
     * @param requestSnapshot what is remembered of it
     * @param request the container's request, without wrappers; {@code null} if that cannot be had
     * @return what is on this thread; {@link #entryEnds} must follow
     */
    public InFlightRequest goOn(RequestView requestSnapshot, Object request) {
        InFlightRequest going = begin(requestSnapshot);
        InFlightRequest whole = request == null ? null : asynchronous(request);
        if (whole == null) {
            going.letIn(false);
        } else {
            whole.goesOnIn(going);
        }
        return going;
    }

    private InFlightRequest asynchronous(Object request) {
        for (Table table = first; table != null; table = table.next) {
            for (int i = 0; i < table.places.length(); i++) {
                InFlightRequest running = table.places.get(i);
                if (running != null && running.isAsynchronous(request)) {
                    return running;
                }
            }
        }
        return null;
    }

    /**
     * @param ticket the {@link InFlightRequest#ticket} of a request whose outermost entry is not over
     * @return the request
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
     * Lets a request in that nothing refuses, and counts it: at its place, which is its own for so long, so that it
     * takes no counter that threads share.
     *
     * @param running a request that began here
     */
    public void pass(InFlightRequest running) {
        running.letIn(false);
        AtomicLongArray passed = table(running.ticket()).passed;
        int place = (int) running.ticket();
        passed.lazySet(place, passed.get(place) + 1);
    }

    /** @return how many requests have {@link #pass passed} */
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
     * The outermost entry is over.
     *
     * @param running a request that began here
     */
    public void entryEnds(InFlightRequest running) {
        if (running.entryEnds()) {
            leave(running);
        }
    }

    /**
     * The request has become asynchronous, within its outermost entry.
     *
     * @param running a request that began here
     * @return whether that is new, and {@link #asyncEnds} must follow
     */
    public boolean asyncBegins(InFlightRequest running) {
        return !running.isPart() && running.asyncBegins();
    }

    /**
     * The asynchronous processing is completed. Called by any thread; further calls do nothing.
     *
     * @param running a request that has become asynchronous
     */
    public void asyncEnds(InFlightRequest running) {
        if (running.asyncEnds()) {
            leave(running);
        }
    }

    /**
     * Counts.
     *
     * @param refused whether a request would be refused if it began now
     * @param unknown how many more there are of which nothing is known
     * @return who is there
     */
    public InFlightSnapshot snapshot(Predicate<RequestView> refused, int unknown) {
        InFlightSnapshot snapshot = new InFlightSnapshot(System.nanoTime(), unknown);
        List<InFlightRequest> parts = new ArrayList<InFlightRequest>();
        for (Table table = first; table != null; table = table.next) {
            for (int i = 0; i < table.places.length(); i++) {
                InFlightRequest running = table.places.get(i);
                if (running != null && isThere(running)) {
                    if (running.isPart()) {
                        parts.add(running);
                    } else {
                        add(snapshot, running, refused);
                    }
                }
            }
        }
        // The whole of a part may have ended before it was come to.
        for (InFlightRequest part : parts) {
            if (!part.isPart()) {
                add(snapshot, part, refused);
            }
        }
        return snapshot;
    }

    private static void add(InFlightSnapshot snapshot, InFlightRequest running, Predicate<RequestView> refused) {
        boolean exempt = awaitDecided(running) && running.isExempt();
        snapshot.add(running, exempt, !exempt && refused.test(running.request()));
    }

    /**
     * A thread that has died without leaving its entry, as after a stack overflow, holds nobody up; nor does a
     * container that has dropped a request without telling its completion.
     */
    private boolean isThere(InFlightRequest running) {
        if (running.isEntered() && !running.thread().isAlive()) {
            entryEnds(running);
        }
        if (running.isLost()) {
            asyncEnds(running);
        }
        return running.ticket() != 0;
    }

    private static boolean awaitDecided(InFlightRequest running) {
        for (int i = 0; i < LOOKS && !running.isDecided(); i++) {
            Thread.yield();
        }
        return running.isDecided();
    }

    /** Once: the place may be somebody else's afterwards. */
    private void leave(InFlightRequest running) {
        long ticket = running.ticket();
        if (ticket != 0) {
            running.ticket = 0;
            table(ticket).places.lazySet((int) ticket, null);
        }
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
