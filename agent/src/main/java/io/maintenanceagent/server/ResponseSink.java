package io.maintenanceagent.server;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.RenderedResponse;
import java.io.IOException;

/** A response that an answer can be put into. Used on the request's thread. */
public interface ResponseSink {

    /** @return whether the client has been sent a part of it, so that it has to be left alone */
    boolean isCommitted();

    /**
     * Sets a header of a response that goes on to the application, which may set it anew.
     *
     * @param name a header's name
     * @param value its only value
     */
    void setHeader(String name, String value);

    /** Takes back all that was put into the response; it must not be committed. */
    void reset();

    /**
     * Answers a request. Of what the container put into the response before, headers that are not about its body, a
     * login or a location stay.
     *
     * @param request the request, whose body stays unread
     * @param reply the answer
     * @throws IOException if the client is gone
     */
    void send(RequestView request, RenderedResponse reply) throws IOException;
}
