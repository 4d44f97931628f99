package io.maintenanceagent.intercept;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.policy.BypassLink;
import io.maintenanceagent.policy.Refusal;
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
     * @param refusal what was decided about the request
     * @param now by what
     * @param request the request
     * @param response its response
     * @return whether the request is done with; {@code false} if it could not be answered, so that it has to be let in
     */
    boolean send(Refusal refusal, EnforcementSnapshot now, RequestView request, ResponseSink response) {
        try {
            counts.refused();
            if (!response.isCommitted()) {
                response.send(request, rendered(refusal, now.response(refusal), request));
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

    private static RenderedResponse rendered(Refusal refusal, PreparedResponse prepared, RequestView request) {
        BypassLink link = refusal.link();
        return link == null
                ? prepared.to(request, refusal.epochMillis(), refusal.turnMillis())
                : prepared.redirect(link.location(), link.cookie());
    }

    /** Reports a fault, which lets a request in. */
    void report(Throwable fault) {
        errors.reportOnce(
                "request " + fault.getClass(),
                "a request could not be decided or answered (" + fault + "); it was let in");
    }
}
