package io.maintenanceagent.server.jetty;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;

/**
 * Jetty 12, where its own request comes to no servlet: nothing serves it, it is sent on to an application's root, or a
 * handler of Jetty's core answers it.
 */
final class JettyCoreExchange implements Exchange {

    private final JettyRequest request;
    private final JettyResponse response;
    private final boolean mayForward;

    private JettyCoreExchange(JettyRequest request, JettyResponse response, boolean mayForward) {
        this.request = request;
        this.response = response;
        this.mayForward = mayForward;
    }

    static Exchange unserved(Object request, Object response, Object callback) {
        return of(new JettyRequest(request, false, false), response, callback, false);
    }

    static Exchange redirected(Object request, Object response, Object callback) {
        return of(new JettyRequest(request, true, true), response, callback, false);
    }

    /** {@code null} unless the path is kept from clients. */
    static Exchange inContext(Object request, Object response, Object callback) {
        return JettyContext.isProtected(request) ? unserved(request, response, callback) : null;
    }

    /** A file is served. */
    static Exchange served(Object request, Object response, Object callback) {
        return of(new JettyRequest(request, false, true), response, callback, false);
    }

    /** {@code null} unless it is an OPTIONS: nothing else is answered there. */
    static Exchange options(Object request, Object response, Object callback) {
        JettyRequest asked = new JettyRequest(request, false, true);
        return asked.method().equals("OPTIONS") ? of(asked, response, callback, false) : null;
    }

    /** A handler may serve it, or leave it to the next one. */
    static Exchange atHandler(Object request, Object response, Object callback) {
        return of(new JettyRequest(request, false, true), response, callback, true);
    }

    private static Exchange of(JettyRequest request, Object response, Object callback, boolean mayForward) {
        JettyResponse answerable = new JettyResponse(response, callback, request);
        return answerable.isCommitted() ? null : new JettyCoreExchange(request, answerable, mayForward);
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return RequestSnapshot.copy(request);
    }

    @Override
    public boolean mayWait() {
        return request.mayWait();
    }

    @Override
    public int serverThreads() {
        return request.serverThreads();
    }

    @Override
    public boolean mayAuthenticate() {
        return mayForward;
    }

    @Override
    public boolean mayForward() {
        return mayForward;
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
