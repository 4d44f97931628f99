package io.maintenanceagent.intercept;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.inflight.InFlightRequest;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.policy.Decision;
import io.maintenanceagent.policy.DecisionKind;
import io.maintenanceagent.policy.Refusal;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ResponseSink;

/** Has a request decided that is in flight, and then lets it in, has it wait, or answers it. Safe for any thread. */
final class RequestDecider {

    private final Enforcement enforcement;
    private final InFlightRequests inFlight;
    private final RequestCounts counts;
    private final ErrorReporter errors;
    private final RefusalSender refusals;
    private volatile RequestHold hold; // null until a request is to wait
    private volatile boolean threadsRecorded;

    RequestDecider(Enforcement enforcement, InFlightRequests inFlight, RequestCounts counts, ErrorReporter errors) {
        this.enforcement = enforcement;
        this.inFlight = inFlight;
        this.counts = counts;
        this.errors = errors;
        this.refusals = new RefusalSender(counts, errors);
    }

    /**
     * Decides a request, and does what was decided.
     *
     * @param begun the request, in flight
     * @param now what it is decided by
     * @param request what it is decided about
     * @param response its response
     * @param exchange the request at an entry point of its server's own; {@code null} at a servlet or filter
     * @return as for {@link RequestInterceptor#servletBegins}
     */
    long decide(
            InFlightRequest begun,
            EnforcementSnapshot now,
            RequestView request,
            ResponseSink response,
            Exchange exchange) {
        return enforce(now.decide(request, System.currentTimeMillis()), begun, now, request, response, exchange);
    }

    /** The same of a request that was decided; where the decision says so it waits before. */
    long enforce(
            Decision first,
            InFlightRequest begun,
            EnforcementSnapshot by,
            RequestView request,
            ResponseSink response,
            Exchange exchange) {
        Decision decision = first;
        EnforcementSnapshot now = by;
        InFlightRequest letIn = begun;
        if (exchange != null && !threadsRecorded && decision.isStopped()) {
            threadsRecorded = true;
            recordThreads(exchange);
        }
        while (decision.isStopped() && decision.refusal().hold() != null) {
            inFlight.leave(letIn);
            if (exchange != null) {
                recordThreads(exchange);
            }
            RequestHold.Outcome outcome = hold().hold(decision.refusal(), exchange);
            if (outcome == RequestHold.Outcome.SUSPENDED) {
                return MaintenanceHook.REFUSED;
            }
            if (outcome == RequestHold.Outcome.REFUSED) {
                break;
            }
            letIn = inFlight.begin(begun.request());
            now = enforcement.snapshotAtOnce();
            if (now == null || !now.mayRefuse) {
                inFlight.pass(letIn);
                return letIn.ticket();
            }
            decision = now.decide(request, System.currentTimeMillis());
        }
        return enforceAtOnce(decision, letIn, now, request, response);
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
        if (now == null
                || !now.isHolding(epochMillis)
                || now.decider().asksForUser()
                || !exchange.requestSnapshot().mayBegin()) {
            return false;
        }
        Refusal refusal = now.decide(exchange.request(), epochMillis).refusal();
        return refusal != null
                && refusal.hold() != null
                && hold().hold(refusal, exchange) == RequestHold.Outcome.SUSPENDED;
    }

    /** Does what was decided; nothing waits. */
    long enforceAtOnce(
            Decision decision,
            InFlightRequest begun,
            EnforcementSnapshot now,
            RequestView request,
            ResponseSink response) {
        InFlightRequest letIn = begun;
        if (decision.isStopped()) {
            // It runs no more, while it is answered: refused requests are not waited for.
            inFlight.leave(begun);
            if (refusals.send(decision.refusal(), now, request, response)) {
                return MaintenanceHook.REFUSED;
            }
            letIn = inFlight.begin(begun.request());
        } else if (!response.isCommitted()) {
            mark(decision, response);
        }
        if (decision.kind() == DecisionKind.ADMITTED) {
            counts.admitted();
            letIn.letInByShare();
        } else if (decision.kind().isExempt()) {
            counts.exempt();
            letIn.letIn(true);
        } else {
            inFlight.pass(letIn);
        }
        return letIn.ticket();
    }

    /** Before the application, which may say something else; RFC 9213 has a header that it seldom says. */
    private static void mark(Decision decision, ResponseSink response) {
        if (decision.kind() == DecisionKind.BYPASS) {
            response.setHeader("Cache-Control", "private, no-store");
            response.setHeader("CDN-Cache-Control", "no-store");
        } else if (decision.admittedCookie() != null) {
            response.setHeader("Set-Cookie", decision.admittedCookie());
        }
    }

    /** Records how many threads a server has, so that a hold can be compared with it. */
    void recordThreads(Exchange exchange) {
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
        InFlightRequest letIn = begun.isOver() ? inFlight.begin(begun.request()) : begun;
        letIn.letIn(false);
        return letIn.ticket();
    }

    /** Reports a fault, which lets a request in. */
    void report(Throwable fault) {
        refusals.report(fault);
    }
}
