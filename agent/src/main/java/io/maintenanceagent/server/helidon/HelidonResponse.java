package io.maintenanceagent.server.helidon;

import static io.maintenanceagent.server.UncheckedCall.get;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.KeptHeaders;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.ResponseSink;
import java.util.List;

/** Helidon's {@code RoutingResponse}. */
final class HelidonResponse implements ResponseSink {

    private static final byte[] NONE = {};
    private static final int OK = 200;

    private final Object response;
    private final HelidonMethods methods;

    HelidonResponse(Object response, HelidonMethods methods) {
        this.response = response;
        this.methods = methods;
    }

    @Override
    public boolean isCommitted() {
        return (Boolean) get(methods.isSent, response);
    }

    @Override
    public void setHeader(String name, String value) {
        methods.set(headers(), name, value);
    }

    @Override
    public void reset() {
        get(methods.reset, response);
        methods.setStatus(response, OK);
    }

    /**
     * {@inheritDoc} Helidon itself tells the length, and reads what the client still sends before the next request. It
     * must not be told to close the connection: it does not, and takes the rest of the body for a request.
     */
    @Override
    public void send(RequestView request, RenderedResponse reply) {
        Object headers = headers();
        List<String> all = KeptHeaders.with(methods.all(headers), reply.headers());
        get(methods.reset, response);
        methods.setStatus(response, reply.status());
        for (int i = 0; i < all.size(); i += 2) {
            if (KeptHeaders.isFirst(all, i)) {
                methods.set(headers, all.get(i), all.get(i + 1));
            } else {
                methods.add(headers, all.get(i), all.get(i + 1));
            }
        }
        byte[] body = reply.body();
        if (body != null) {
            methods.set(headers, "Content-Type", reply.contentType());
        }
        boolean isHead = request.method().equals("HEAD");
        if (body != null && isHead) {
            methods.set(headers, "Content-Length", Integer.toString(body.length));
        }
        methods.send(response, body == null || isHead ? NONE : body.clone());
    }

    private Object headers() {
        return get(methods.getResponseHeaders, response);
    }
}
