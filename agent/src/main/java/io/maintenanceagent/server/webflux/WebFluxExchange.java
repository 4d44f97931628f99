package io.maintenanceagent.server.webflux;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.PublisherExchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;

/** A request before all filters of the application; who its user is they alone may know. */
final class WebFluxExchange implements PublisherExchange {

    private final WebFluxRequest request;
    private final WebFluxResponse response;

    WebFluxExchange(WebFluxRequest request, WebFluxResponse response) {
        this.request = request;
        this.response = response;
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return RequestSnapshot.copy(request);
    }

    @Override
    public boolean mayAuthenticate() {
        return false;
    }

    /** {@inheritDoc} Undertow's exchange, which is decided below, and goes on on another thread. */
    @Override
    public Object identity() {
        return request.serverRequest();
    }

    @Override
    public RequestView request() {
        return request;
    }

    @Override
    public ResponseSink response() {
        return response;
    }

    @Override
    public Object answer() {
        return response.answer();
    }
}
