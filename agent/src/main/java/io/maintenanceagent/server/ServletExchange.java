package io.maintenanceagent.server;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.servlet.RequestSnapshot;
import io.maintenanceagent.server.servlet.ResponseSink;
import io.maintenanceagent.server.servlet.ServletRequestView;
import io.maintenanceagent.server.servlet.ServletResponseSink;

/** Where a container has a servlet's request and response already, mapped to the servlet: before the login. */
final class ServletExchange implements Exchange {

    private final Object request;
    private final Object response;

    ServletExchange(Object request, Object response) {
        this.request = request;
        this.response = response;
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return RequestSnapshot.of(request);
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
        return ServletResponseSink.of(response);
    }
}
