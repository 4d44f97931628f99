package io.maintenanceagent.intercept;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.policy.BypassLink;
import io.maintenanceagent.policy.Decision;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.response.PreparedResponse;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.ResponseSink;
import java.io.IOException;

/** Sends the response to requests that were refused. Safe for any thread. */
final class RefusalSender {

    private final RequestCounts counts;
    private final ErrorReporter errors;

    RefusalSender(RequestCounts counts, ErrorReporter errors) {
        this.counts = counts;
        this.errors = errors;
    }

    /**
     * Sends it.
     *
     * @param decision why the request is refused
     * @param now what it was decided by
     * @param request the request
     * @param response its response
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @return whether the request is done with; {@code false} if it could not be answered, so that it has to be let in
     */
    boolean send(
            Decision decision, EnforcementSnapshot now, RequestView request, ResponseSink response, long epochMillis) {
        try {
            counts.refused();
            if (!response.isCommitted()) {
                response.send(request, rendered(decision, now, request, epochMillis));
            }
            return true;
        } catch (IOException clientGone) {
            return true;
        } catch (Throwable fault) {
            report(fault);
            if (response.isCommitted()) {
                return true;
            }
            response.reset();
            return false;
        }
    }

    private static RenderedResponse rendered(
            Decision decision, EnforcementSnapshot now, RequestView request, long epochMillis) {
        PreparedResponse prepared = now.answer(decision, request, epochMillis);
        if (decision != Decision.BYPASS_LINK) {
            return prepared.to(request, epochMillis, now.decider.turnMillis(decision, request));
        }
        BypassLink link = now.decider.follow(request, epochMillis);
        return prepared.redirect(link.location(), link.cookie());
    }

    /** Reports a fault, which lets a request in. */
    void report(Throwable fault) {
        errors.reportOnce(
                "gate " + fault.getClass(),
                "a request could not be decided or answered (" + fault + "); it was let in");
    }
}
