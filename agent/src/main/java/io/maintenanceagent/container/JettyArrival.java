package io.maintenanceagent.container;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.servlet.Answerable;
import io.maintenanceagent.servlet.RememberedRequest;

/** Jetty 12, where its own request comes to no servlet: nothing serves it, or it is sent on to an application's root. */
final class JettyArrival implements Arrival {

    private final JettyRequest request;
    private final JettyResponse response;

    private JettyArrival(JettyRequest request, JettyResponse response) {
        this.request = request;
        this.response = response;
    }

    static Arrival unserved(Object request, Object response, Object callback) {
        return of(new JettyRequest(request, false), response, callback);
    }

    static Arrival redirected(Object request, Object response, Object callback) {
        return of(new JettyRequest(request, true), response, callback);
    }

    /** {@code null} unless the path is kept from clients. */
    static Arrival inContext(Object request, Object response, Object callback) {
        return JettyContext.isProtected(request) ? of(new JettyRequest(request, false), response, callback) : null;
    }

    private static Arrival of(JettyRequest request, Object response, Object callback) {
        JettyResponse answerable = new JettyResponse(response, callback, request);
        return answerable.isCommitted() ? null : new JettyArrival(request, answerable);
    }

    @Override
    public RememberedRequest remembered() {
        return RememberedRequest.copy(request);
    }

    @Override
    public boolean mayLogIn() {
        return false;
    }

    @Override
    public RequestView request() {
        return request;
    }

    @Override
    public Answerable response() {
        return response;
    }
}
