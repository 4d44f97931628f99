package io.maintenanceagent.server.servlet;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.ResponseSink;
import java.io.IOException;

/** The servlet's response of a container that has to be told that it is answered. */
public abstract class NotifiedResponse implements ResponseSink {

    private final ServletResponseSink http;

    /**
     * @param response the servlet's response
     * @param request its request; {@code null} for one that is not mapped to a servlet
     */
    protected NotifiedResponse(Object response, ServletRequestView request) {
        this.http = ServletResponseSink.of(response, request);
    }

    /** Called before anything is sent. */
    protected void answering(int status) {}

    /** Called when everything is sent. */
    protected void answered() {}

    @Override
    public final boolean isCommitted() {
        return http.isCommitted();
    }

    @Override
    public final void setHeader(String name, String value) {
        http.setHeader(name, value);
    }

    @Override
    public final void reset() {
        http.reset();
    }

    @Override
    public final void send(RequestView request, RenderedResponse reply) throws IOException {
        answering(reply.status());
        http.send(request, reply);
        answered();
    }
}
