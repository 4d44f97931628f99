package io.maintenanceagent.container;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.servlet.Answerable;
import io.maintenanceagent.servlet.RememberedRequest;

/**
 * Jetty 12, where its own request comes to no servlet: nothing serves it, it is sent on to an application's root, or a
 * handler of Jetty's core answers it.
 */
final class JettyArrival implements Arrival {

    private final JettyRequest request;
    private final JettyResponse response;
    private final boolean maySendOn;

    private JettyArrival(JettyRequest request, JettyResponse response, boolean maySendOn) {
        this.request = request;
        this.response = response;
        this.maySendOn = maySendOn;
    }

    static Arrival unserved(Object request, Object response, Object callback) {
        return of(new JettyRequest(request, false, false), response, callback, false);
    }

    static Arrival redirected(Object request, Object response, Object callback) {
        return of(new JettyRequest(request, true, true), response, callback, false);
    }

    /** {@code null} unless the path is kept from clients. */
    static Arrival inContext(Object request, Object response, Object callback) {
        return JettyContext.isProtected(request) ? unserved(request, response, callback) : null;
    }

    /** A file is served. */
    static Arrival served(Object request, Object response, Object callback) {
        return of(new JettyRequest(request, false, true), response, callback, false);
    }

    /** {@code null} unless it is an OPTIONS: nothing else is answered there. */
    static Arrival options(Object request, Object response, Object callback) {
        JettyRequest asked = new JettyRequest(request, false, true);
        return asked.method().equals("OPTIONS") ? of(asked, response, callback, false) : null;
    }

    /** A handler may serve it, or leave it to the next one. */
    static Arrival atHandler(Object request, Object response, Object callback) {
        return of(new JettyRequest(request, false, true), response, callback, true);
    }

    private static Arrival of(JettyRequest request, Object response, Object callback, boolean maySendOn) {
        JettyResponse answerable = new JettyResponse(response, callback, request);
        return answerable.isCommitted() ? null : new JettyArrival(request, answerable, maySendOn);
    }

    @Override
    public RememberedRequest remembered() {
        return RememberedRequest.copy(request);
    }

    @Override
    public boolean mayLogIn() {
        return maySendOn;
    }

    @Override
    public boolean maySendOn() {
        return maySendOn;
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
