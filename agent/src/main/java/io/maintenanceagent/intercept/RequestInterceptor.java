package io.maintenanceagent.intercept;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.inflight.AsyncOperation;
import io.maintenanceagent.inflight.InFlightRequest;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.policy.Decision;
import io.maintenanceagent.policy.DecisionKind;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.SuspendableExchange;
import io.maintenanceagent.server.servlet.AsyncCompletion;
import io.maintenanceagent.server.servlet.ErrorPageRequest;
import io.maintenanceagent.server.servlet.RequestUnwrapper;
import io.maintenanceagent.server.servlet.ServletRequestSnapshot;
import io.maintenanceagent.server.servlet.ServletRequestView;
import io.maintenanceagent.server.servlet.ServletResponseSink;
import io.maintenanceagent.state.SafeRequest;

/**
 * What the hook calls, at the outermost entry of each thread: registers the request as in flight, has it decided, and
 * lets it in or answers it.
 *
 * <p>A fault of its own lets the request in. Safe for any thread.
 */
public final class RequestInterceptor {

    /** What is asynchronous there is told by the object itself. */
    private static final String GRPC = "io.grpc.internal.";

    private final Enforcement enforcement;
    private final InFlightRequests inFlight;
    private final PreAttachRequests preAttach;
    private final RequestCounts counts;
    private final ErrorReporter errors;
    private final RequestDecider decider;
    private final AdmittedThreads admitted = new AdmittedThreads();
    private final ForwardedRequests forwarded;

    /**
     * @param enforcement decides
     * @param inFlight the requests in flight
     * @param preAttach the requests that began before the agent came
     * @param counts how many were let in and refused
     * @param errors where its own faults are reported
     */
    public RequestInterceptor(
            Enforcement enforcement,
            InFlightRequests inFlight,
            PreAttachRequests preAttach,
            RequestCounts counts,
            ErrorReporter errors) {
        this.enforcement = enforcement;
        this.inFlight = inFlight;
        this.preAttach = preAttach;
        this.counts = counts;
        this.errors = errors;
        this.forwarded = new ForwardedRequests(enforcement, inFlight, admitted, errors);
        this.decider = new RequestDecider(enforcement, inFlight, counts, errors);
    }

    /**
     * An outermost entry begins.
     *
     * @param request the servlet request
     * @param response the servlet response
     * @return {@link MaintenanceHook#REFUSED} if the request was answered here; else the {@link InFlightRequest#ticket}
     *     of what has begun to run, or {@link MaintenanceHook#NOTHING}
     */
    public long servletBegins(Object request, Object response) {
        return begins(request, response, false);
    }

    /**
     * The same for filters.
     *
     * @param request the servlet request
     * @param response the servlet response
     * @return as {@link #servletBegins}; or {@link MaintenanceHook#UNDECIDED} where the request is refused but for a
     *     role, and a filter further in may know its user
     */
    public long filterBegins(Object request, Object response) {
        return begins(request, response, true);
    }

    /**
     * A server has done with a request, on any thread.
     *
     * @param exchange by which object the request is known
     */
    public void completed(Object exchange) {
        inFlight.completed(exchange);
        forwarded.completed(exchange);
    }

    /** Returns what knows of requests that are sent on from one server of this JVM to another. */
    ForwardedRequests forwarded() {
        return forwarded;
    }

    private long begins(Object request, Object response, boolean isFilter) {
        InFlightRequest begun = null;
        try {
            RequestSnapshot requestSnapshot = ServletRequestSnapshot.of(request);
            if (requestSnapshot == null) {
                return MaintenanceHook.NOTHING;
            }
            counts.toServlets();
            if (!requestSnapshot.mayBegin()) {
                ServletRequestView dispatched = ServletRequestView.of(request);
                if (requestSnapshot.isErrorPage() && !isOfAdmitted(request, dispatched)) {
                    begun = inFlight.begin(requestSnapshot);
                    return decidedAsSent(begun, dispatched, ServletResponseSink.of(response, null));
                }
                if (!requestSnapshot.isAsync() || !dispatched.isDeferred()) {
                    // Other error pages, and what goes on asynchronously, belong to a request that was let in.
                    return inFlight.goOn(requestSnapshot, RequestUnwrapper.of(request))
                            .ticket();
                }
            }
            if (preAttach.isWithinOne()) {
                return MaintenanceHook.NOTHING;
            }
            if (forwarded.isAny()) {
                long outcome = forwarded.goesOn(requestSnapshot, ServletRequestView.of(request), true);
                if (outcome != MaintenanceHook.UNDECIDED) {
                    return outcome;
                }
            }
            // Before it is decided: whoever counts after a flip must not miss those that were let in before it.
            begun = inFlight.begin(requestSnapshot);
            EnforcementSnapshot now = enforcement.snapshot();
            if (now == null || !now.mayRefuse) {
                inFlight.pass(begun);
                return begun.ticket();
            }
            admitted.requestBegins();
            ServletRequestView http = ServletRequestView.of(request);
            ServletResponseSink answer = ServletResponseSink.of(response, http);
            boolean wasDeferred = now.decider().asksForRole() && http.isDeferred();
            if (answer == null || http.isAsyncStarted() && !wasDeferred) {
                return decider.passes(begun);
            }
            Decision decision = now.decide(http, System.currentTimeMillis());
            if (isFilter && now.decider().asksForRole() && isRefusedButForRole(decision) && mayKnowUserLater(http)) {
                http.setDeferred(true);
                inFlight.leave(begun);
                return MaintenanceHook.UNDECIDED;
            }
            if (wasDeferred) {
                http.setDeferred(false);
            }
            return decider.enforce(decision, begun, now, http, answer, null);
        } catch (Throwable fault) {
            report(fault);
            return begun == null ? MaintenanceHook.NOTHING : decider.passes(begun);
        }
    }

    /**
     * An outermost entry that is the container's own begins.
     *
     * @param exchange the request there, or {@code null} if none begins there
     * @return as for {@link #servletBegins}; or {@link MaintenanceHook#UNDECIDED} if it is to be decided further in,
     *     because a login may come before that, or the servlet is not known yet
     */
    long exchangeBegins(Exchange exchange) {
        try {
            if (preAttach.isWithinOne() || exchange == null) {
                return MaintenanceHook.UNDECIDED;
            }
            SuspendableExchange suspendable = exchange.suspendable();
            if (suspendable != null && suspendable.isDecidedWithin()) {
                return isHolding() && decider.suspends(exchange) ? MaintenanceHook.REFUSED : MaintenanceHook.UNDECIDED;
            }
            Object identity = exchange.identity();
            if (inFlight.isAsynchronous(identity)) {
                return inFlight.goOn(exchange.requestSnapshot(), identity).ticket();
            }
            long outcome = forwarded.isAny() && !exchange.isDispatchedAgain() && !exchange.isAnsweredWithin()
                    ? forwarded.goesOn(exchange.requestSnapshot(), exchange.request(), false)
                    : MaintenanceHook.UNDECIDED;
            if (outcome == MaintenanceHook.UNDECIDED) {
                outcome = exchangeBeginsAnew(exchange);
            }
            Object completion = outcome > 0 ? exchange.completion() : null;
            if (completion != null) {
                inFlight.awaitCompletion(inFlight.with(outcome), completion);
            }
            return outcome;
        } catch (Throwable fault) {
            report(fault);
            return MaintenanceHook.UNDECIDED;
        }
    }

    /** Whether requests wait for the end of maintenance at the moment. */
    boolean isHolding() {
        return enforcement.isHolding();
    }

    /** Records what kind of server a request has come to. */
    void cameTo(EntryPoint entryPoint) {
        if (!Boolean.TRUE.equals(counts.hasServlets())) {
            if (entryPoint.hasServletsWithin()) {
                counts.toServlets();
            } else {
                counts.toOthers();
            }
        }
    }

    private long exchangeBeginsAnew(Exchange exchange) {
        InFlightRequest begun = null;
        try {
            if (exchange.isAnsweredWithin()) {
                return isRefused(exchange) ? MaintenanceHook.REFUSED : MaintenanceHook.UNDECIDED;
            }
            if (exchange.isDispatchedAgain()
                    && (!exchange.mayWait() && enforcement.isHolding() || !isRefusedAnyway(exchange))) {
                return MaintenanceHook.UNDECIDED; // is counted there, once
            }
            RequestSnapshot requestSnapshot = exchange.requestSnapshot();
            if (requestSnapshot == null || !requestSnapshot.mayBegin()) {
                return MaintenanceHook.UNDECIDED;
            }
            begun = inFlight.begin(requestSnapshot);
            EnforcementSnapshot now = exchange.mayWait() ? enforcement.snapshot() : enforcement.snapshotAtOnce();
            if (now == null || !now.mayRefuse) {
                inFlight.pass(begun);
                return begun.ticket();
            }
            if (exchange.mayAuthenticate() && now.decider().asksForUser()
                    || exchange.mayForward() && now.decider().asksForServlet()) {
                inFlight.leave(begun);
                admitted.requestBegins();
                if (now.isHolding()) {
                    decider.recordThreads(exchange);
                }
                return MaintenanceHook.UNDECIDED;
            }
            if (exchange.isAsyncStarted()) {
                // A forward of what goes on, which some containers lead through the same entry.
                return decider.passes(begun);
            }
            return decider.decide(begun, now, exchange.request(), exchange.response(), exchange);
        } catch (Throwable fault) {
            report(fault);
            return begun == null ? MaintenanceHook.UNDECIDED : decider.passes(begun);
        }
    }

    private boolean isRefused(Exchange exchange) {
        EnforcementSnapshot now = enforcement.snapshot();
        return now != null
                && now.mayRefuse
                && now.decide(exchange.request(), System.currentTimeMillis()).isStopped();
    }

    private boolean isRefusedAnyway(Exchange exchange) {
        if (!enforcement.mayRefuse()) {
            return false;
        }
        for (RequestView reading : exchange.readings()) {
            if (!enforcement.refuses(reading, System.currentTimeMillis())) {
                return false;
            }
        }
        return true;
    }

    /**
     * An outermost entry is over.
     *
     * @param ticket its ticket, or the negative of it if by an exception
     */
    public void ends(long ticket) {
        InFlightRequest request = inFlight.with(Math.abs(ticket));
        if (ticket < 0) {
            inFlight.failed(request);
        }
        inFlight.leave(request);
        if (enforcement.mayRefuse() && !isErrorPage(request)) {
            admitted.entryEnds();
        }
    }

    private static boolean isErrorPage(InFlightRequest request) {
        return ((RequestSnapshot) request.request()).isErrorPage();
    }

    /** Whether an error page belongs to a request that was let in, or nobody would refuse it anyway. */
    private boolean isOfAdmitted(Object request, ServletRequestView http) {
        return !enforcement.mayRefuse()
                || inFlight.isAsynchronous(RequestUnwrapper.of(request))
                || http.isDeferred() && http.isLoginError() // of a filter, which asks for a user
                || admitted.mayShowErrorPage(enforcement.sinceMillis(), System.currentTimeMillis());
    }

    /**
     * A request has become asynchronous in its outermost entry.
     *
     * @param asyncContext the context of the asynchronous processing
     * @param ticket of the entry
     */
    public void startsAsync(Object asyncContext, long ticket) {
        if (asyncContext.getClass().getName().startsWith(GRPC)) {
            inFlight.awaitCompletion(inFlight.with(ticket), asyncContext);
            return;
        }
        AsyncOperation operation = inFlight.startAsync(inFlight.with(ticket));
        if (operation != null) {
            try {
                operation.isKnownAs(AsyncCompletion.request(asyncContext));
                operation.whenLost(AsyncCompletion.await(asyncContext, new Completion(operation)));
            } catch (Throwable fault) {
                operation.complete();
                errors.reportOnce(
                        "async " + fault.getClass(),
                        "the end of an asynchronous request cannot be awaited (" + fault
                                + "); such requests count as finished when their thread leaves them");
            }
        }
    }

    /** A WebSocket is opened by a filter of the server's, which is none that says who the user is. */
    private static boolean mayKnowUserLater(ServletRequestView http) {
        return !http.hasUser() && !SafeRequest.opensWebSocket(http);
    }

    /** Whether a request is refused by what a role exempts from. */
    private static boolean isRefusedButForRole(Decision decision) {
        return decision.kind() == DecisionKind.STATE || decision.kind() == DecisionKind.OVERRIDE;
    }

    /** An error page that nothing was let in before. */
    private long decidedAsSent(InFlightRequest begun, ServletRequestView page, ServletResponseSink answer) {
        EnforcementSnapshot now = enforcement.snapshot();
        ErrorPageRequest request = new ErrorPageRequest(page);
        Decision decision = now.decide(request, System.currentTimeMillis());
        long outcome = decider.enforceAtOnce(decision, begun, now, request, answer);
        if (outcome == MaintenanceHook.REFUSED) {
            page.forgetError();
        }
        return outcome;
    }

    private void report(Throwable fault) {
        decider.report(fault);
    }

    private static final class Completion implements AsyncCompletion.Waiting {
        private final AsyncOperation operation;

        Completion(AsyncOperation operation) {
            this.operation = operation;
        }

        @Override
        public void completed() {
            operation.complete();
        }

        @Override
        public void startedAgain() {
            operation.startsAgain();
        }
    }
}
