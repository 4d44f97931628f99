package io.maintenanceagent.server.servlet;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;

/** Where a container has a servlet's request and response already, mapped to the servlet: before the login. */
public class ServletExchange implements Exchange {

    private final Object request;
    private final Object response;

    public ServletExchange(Object request, Object response) {
        this.request = request;
        this.response = response;
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return ServletRequestSnapshot.of(request);
    }

    @Override
    public boolean isAsyncStarted() {
        return ServletRequestView.of(request).isAsyncStarted();
    }

    @Override
    public boolean mayAuthenticate() {
        return true;
    }

    @Override
    public RequestView request() {
        return ServletRequestView.of(request);
    }

    @Override
    public ResponseSink response() {
        return ServletResponseSink.of(response, ServletRequestView.of(request));
    }
}
