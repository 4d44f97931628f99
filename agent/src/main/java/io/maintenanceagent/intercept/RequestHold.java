package io.maintenanceagent.intercept;

import io.maintenanceagent.hold.HeldThread;
import io.maintenanceagent.hold.HoldQueue;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.jvm.VirtualThread;
import io.maintenanceagent.policy.Refusal;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerThreads;
import io.maintenanceagent.server.SuspendableExchange;

/**
 * Lets requests wait for the end of a short maintenance that would be refused otherwise. A held request is not in
 * flight; when it goes on it is decided anew. Made when the first state with {@code hold} is enforced and a request
 * comes. Safe for any thread.
 */
final class RequestHold implements HoldQueue.Maintenance {

    /** What became of a request that was to wait. */
    enum Outcome {
        /** It has waited, and is to be decided anew. */
        WAITED,
        /** It waits without this thread, and comes to its entry point again. */
        SUSPENDED,
        /** It does not wait. */
        REFUSED
    }

    private final Enforcement enforcement;
    private final RequestCounts counts;
    private final ErrorReporter errors;
    private final HoldQueue queue = new HoldQueue(this);

    RequestHold(Enforcement enforcement, RequestCounts counts, ErrorReporter errors) {
        this.enforcement = enforcement;
        this.counts = counts;
        this.errors = errors;
        enforcement.whenChanged(new Runnable() {
            @Override
            public void run() {
                queue.wake();
            }
        });
    }

    @Override
    public HoldQueue.Phase phase() {
        long now = System.currentTimeMillis();
        EnforcementSnapshot snapshot = enforcement.snapshotAtOnce();
        return snapshot == null || !snapshot.isOn(now)
                ? HoldQueue.Phase.OVER
                : snapshot.isHolding(now) ? HoldQueue.Phase.HOLDING : HoldQueue.Phase.EXPIRED;
    }

    /**
     * Holds a request, which must not be in flight.
     *
     * @param refusal what was decided about it, with {@code hold}
     * @param exchange the request at an entry point of its server's own; {@code null} at a servlet or filter
     */
    Outcome hold(Refusal refusal, Exchange exchange) {
        try {
            int requests = refusal.hold().requests();
            if (exchange != null && !exchange.mayWait()) {
                SuspendableExchange suspendable = exchange.suspendable();
                if (suspendable != null && suspendable.maySuspend()) {
                    return suspend(suspendable, requests);
                }
                errors.reportOnce(
                        "hold " + exchange.getClass().getName(),
                        "requests cannot wait for the end of maintenance (hold) on threads that this server needs for"
                                + " others; they are refused at once");
                return Outcome.REFUSED;
            }
            return park(requests, refusal.holdEndMillis() - refusal.epochMillis());
        } catch (Throwable fault) {
            errors.reportOnce(
                    "hold " + fault.getClass(),
                    "a request could not wait for the end of maintenance (" + fault + "); it was refused at once");
            return Outcome.REFUSED;
        }
    }

    private Outcome park(int requests, long millis) {
        HeldThread held = new HeldThread();
        int limit = Math.min(requests, threadsToWait());
        if (!queue.add(held, limit)) {
            if (limit < requests && queue.size() < requests) {
                errors.reportOnce(
                        "hold threads " + limit,
                        "the state lets " + requests + " requests wait (hold.requests), but this server has "
                                + counts.serverThreads() + " threads; " + limit
                                + " wait at the most, so that others are served meanwhile");
            }
            return Outcome.REFUSED;
        }
        counts.heldBegins();
        try {
            held.await(queue, millis);
        } finally {
            counts.heldEnds();
        }
        return Thread.currentThread().isInterrupted() ? Outcome.REFUSED : Outcome.WAITED;
    }

    /** Half of the server's threads, so that the other half stays for requests that are not refused. */
    private int threadsToWait() {
        int threads = counts.serverThreads();
        return threads == ServerThreads.UNKNOWN || VirtualThread.isCurrent() ? Integer.MAX_VALUE : threads / 2;
    }

    private Outcome suspend(SuspendableExchange exchange, int limit) {
        Suspended suspended = new Suspended();
        if (!queue.add(suspended, limit)) {
            return Outcome.REFUSED;
        }
        counts.heldBegins();
        try {
            suspended.resumesBy(exchange.suspend(suspended.gone));
            return Outcome.SUSPENDED;
        } catch (Throwable fault) {
            suspended.gone.run();
            throw fault;
        }
    }

    /** A request that no thread waits with. */
    private final class Suspended implements Runnable {
        private Runnable resumption; // null until it is known; so is the next
        private boolean told;
        private boolean ended;

        /** Takes it out of the queue: its client has gone. */
        final Runnable gone = new Runnable() {
            @Override
            public void run() {
                if (queue.remove(Suspended.this)) {
                    counts.heldEnds();
                }
            }
        };

        /** It may have been told to go on before. */
        void resumesBy(Runnable next) {
            synchronized (this) {
                resumption = next;
                if (!told) {
                    return;
                }
            }
            resume();
        }

        @Override
        public void run() {
            counts.heldEnds();
            synchronized (this) {
                told = true;
                if (resumption == null) {
                    return;
                }
            }
            resume();
        }

        private void resume() {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
            }
            try {
                resumption.run();
            } catch (Throwable fault) {
                errors.reportOnce(
                        "hold " + fault.getClass(),
                        "a request that waited for the end of maintenance could not go on (" + fault
                                + "); its client gets no answer");
            }
        }
    }
}
