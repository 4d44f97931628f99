package io.maintenanceagent.intercept;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.inflight.InFlightRequest;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.policy.Decision;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ResponseSink;

/** Has a request decided that is in flight, and then lets it in, has it wait, or answers it. Safe for any thread. */
final class RequestDecider {

    private final Enforcement enforcement;
    private final InFlightRequests running;
    private final RequestCounts counts;
    private final ErrorReporter errors;
    private final RefusalSender refusals;
    private volatile RequestHold hold; // null until a request is to wait
    private volatile boolean sawThreads;

    RequestDecider(Enforcement enforcement, InFlightRequests running, RequestCounts counts, ErrorReporter errors) {
        this.enforcement = enforcement;
        this.running = running;
        this.counts = counts;
        this.errors = errors;
        this.refusals = new RefusalSender(counts, errors);
    }

    /**
     * Decides a request, and lets it in or answers it; where the state says so it waits before.
     *
     * @param begun the request, in flight
     * @param first what it is decided by
     * @param request what it is decided about
     * @param response its response
     * @param exchange the request at an entry point of its server's own; {@code null} at a servlet or filter
     * @return as of {@link RequestInterceptor#applyAsLong}
     */
    long decide(
            InFlightRequest begun,
            EnforcementSnapshot first,
            RequestView request,
            ResponseSink response,
            Exchange exchange) {
        EnforcementSnapshot now = first;
        InFlightRequest letIn = begun;
        long epochMillis = System.currentTimeMillis();
        Decision decision = now.decide(request, epochMillis);
        if (exchange != null && !sawThreads && decision.isStopped()) {
            sawThreads = true;
            see(exchange);
        }
        while (decision == Decision.STATE && now.isHolding(epochMillis)) {
            running.leave(letIn);
            if (exchange != null) {
                see(exchange);
            }
            RequestHold.Outcome outcome = hold().hold(now, exchange, epochMillis);
            if (outcome == RequestHold.Outcome.SUSPENDED) {
                return MaintenanceHook.REFUSED;
            }
            if (outcome == RequestHold.Outcome.REFUSED) {
                break;
            }
            letIn = running.begin(begun.request());
            now = enforcement.snapshotAtOnce();
            if (now == null || !now.mayRefuse) {
                running.pass(letIn);
                return letIn.ticket();
            }
            epochMillis = System.currentTimeMillis();
            decision = now.decide(request, epochMillis);
        }
        return ended(decision, letIn, now, request, response, epochMillis);
    }

    /**
     * Has a request wait without a thread, if it is to wait at all.
     *
     * @param exchange a request that is decided further in
     * @return whether it waits
     */
    boolean suspends(Exchange exchange) {
        EnforcementSnapshot now = enforcement.snapshotAtOnce();
        long epochMillis = System.currentTimeMillis();
        return now != null
                && now.isHolding(epochMillis)
                && !now.decider.asksForUser()
                && exchange.requestSnapshot().mayBegin()
                && now.decide(exchange.request(), epochMillis) == Decision.STATE
                && hold().hold(now, exchange, epochMillis) == RequestHold.Outcome.SUSPENDED;
    }

    /** Does what was decided, at once. */
    long ended(
            Decision decision,
            InFlightRequest begun,
            EnforcementSnapshot now,
            RequestView request,
            ResponseSink response,
            long epochMillis) {
        InFlightRequest letIn = begun;
        if (decision.isStopped()) {
            // It runs no more, while it is answered: refused requests are not waited for.
            running.leave(begun);
            if (refusals.send(decision, now, request, response, epochMillis)) {
                return MaintenanceHook.REFUSED;
            }
            letIn = running.begin(begun.request());
        } else if (!response.isCommitted()) {
            mark(decision, now, request, response);
        }
        if (decision == Decision.ADMITTED) {
            counts.admitted();
            letIn.letInByShare();
        } else if (decision.isExempt()) {
            counts.exempt();
            letIn.letIn(true);
        } else {
            running.pass(letIn);
        }
        return letIn.ticket();
    }

    /** Before the application, which may say something else; RFC 9213 has a header that it seldom says. */
    private static void mark(Decision decision, EnforcementSnapshot now, RequestView request, ResponseSink response) {
        if (decision == Decision.BYPASS) {
            response.setHeader("Cache-Control", "private, no-store");
            response.setHeader("CDN-Cache-Control", "no-store");
        } else if (decision == Decision.ADMITTED) {
            String cookie = now.decider.admittedCookie(request);
            if (cookie != null) {
                response.setHeader("Set-Cookie", cookie);
            }
        }
    }

    /** Takes down how many threads a server has, so that a hold can be compared with it. */
    void see(Exchange exchange) {
        try {
            counts.serverThreads(exchange.serverThreads());
        } catch (RuntimeException | LinkageError ignored) {
            // then it is not known
        }
    }

    /** What holds requests; only where a state with {@code hold} is enforced. */
    RequestHold hold() {
        RequestHold made = hold;
        if (made == null) {
            synchronized (this) {
                made = hold;
                if (made == null) {
                    made = new RequestHold(enforcement, counts, errors);
                    hold = made;
                }
            }
        }
        return made;
    }

    /** Lets a request in; also what was to be refused, and could not be answered. */
    long passes(InFlightRequest begun) {
        InFlightRequest letIn = begun.isOver() ? running.begin(begun.request()) : begun;
        letIn.letIn(false);
        return letIn.ticket();
    }

    /** Reports a fault, which lets a request in. */
    void report(Throwable fault) {
        refusals.report(fault);
    }
}
