package io.maintenanceagent.socket;

import io.maintenanceagent.server.servlet.EventStream;
import io.maintenanceagent.work.Fields;

/** Responses that go on until somebody ends them: of servlets, and of HTTP/1 on Netty. Stateless. */
final class EventStreams {

    private static final String NETTY = "io.maintenanceagent.server.netty.handler.AdmittedRequest";

    private EventStreams() {}

    /**
     * Tells whether a request is answered by an event stream now.
     *
     * @param request what a server knows it by
     */
    static boolean is(Object request) {
        return isOfNetty(request)
                ? Boolean.TRUE.equals(Fields.call(request, "isEventStream"))
                : EventStream.is(request);
    }

    /**
     * Ends the stream, if it is one still.
     *
     * @param request what a server knows it by
     * @return whether it was
     */
    static boolean end(Object request) throws ReflectiveOperationException {
        return isOfNetty(request) ? Boolean.TRUE.equals(Fields.invoke(request, "endStream")) : EventStream.end(request);
    }

    private static boolean isOfNetty(Object request) {
        return request.getClass().getName().equals(NETTY);
    }
}
