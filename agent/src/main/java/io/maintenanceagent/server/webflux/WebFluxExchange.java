package io.maintenanceagent.server.webflux;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.PublisherExchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.SuspendableExchange;
import java.util.function.Supplier;

/** A request before all filters of the application; who its user is they alone may know. */
final class WebFluxExchange implements PublisherExchange, SuspendableExchange {

    private final WebFluxRequest request;
    private final WebFluxResponse response;
    private final Class<?> handler;
    private final Supplier<Object> again;
    private SuspendedMono suspended; // null until it is to wait

    /**
     * @param handler the class of what handles requests
     * @param again handles this one from its entry point on
     */
    WebFluxExchange(WebFluxRequest request, WebFluxResponse response, Class<?> handler, Supplier<Object> again) {
        this.request = request;
        this.response = response;
        this.handler = handler;
        this.again = again;
    }

    @Override
    public Runnable suspend(Runnable gone) {
        suspended = new SuspendedMono(handler, again, gone);
        return suspended;
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
        return suspended == null ? response.answer() : suspended.mono();
    }
}
