package io.maintenanceagent.server.helidon;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;

/**
 * A request before any filter and route. It is over when the routing returns: Helidon's handlers block, and what they
 * stream is sent by then.
 */
final class HelidonExchange implements Exchange {

    private final HelidonRequest request;
    private final HelidonResponse response;

    private HelidonExchange(HelidonRequest request, HelidonResponse response) {
        this.request = request;
        this.response = response;
    }

    /** {@code null} if it is answered already. */
    static Exchange of(Object request, Object response) {
        HelidonMethods methods = HelidonMethods.of(request);
        HelidonResponse answerable = new HelidonResponse(response, methods);
        return answerable.isCommitted() ? null : new HelidonExchange(new HelidonRequest(request, methods), answerable);
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return RequestSnapshot.copy(request);
    }

    /** {@inheritDoc} Helidon's security runs in filters and handlers, and its roles are theirs. */
    @Override
    public boolean mayAuthenticate() {
        return false;
    }

    @Override
    public RequestView request() {
        return request;
    }

    @Override
    public ResponseSink response() {
        return response;
    }
}
