package io.maintenanceagent.server;

import io.maintenanceagent.api.RequestView;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * What is kept of a request while it runs. The request object belongs to its thread, and to another request as soon as
 * this one is over: reading it from elsewhere can damage what the container makes of it (Tomcat converts texts when
 * they are first asked for). So its thread writes down at the beginning what is cheap to have; address, headers and
 * roles are not among it. Immutable; safe for any thread.
 */
public class RequestSnapshot implements RequestView {

    private final String dispatcher;
    private final String method;
    private final String requestUri;
    private final String host;
    private final String contextPath;

    /**
     * Texts may be {@code null}, which counts as empty.
     *
     * @param dispatcher the name of the servlet API's dispatcher type; {@code null} for an ordinary request
     * @param method the request's method
     * @param requestUri the path as it was sent
     * @param host the host that the request is for
     * @param contextPath the path of its application
     */
    protected RequestSnapshot(String dispatcher, String method, String requestUri, String host, String contextPath) {
        this.dispatcher = dispatcher == null ? "REQUEST" : dispatcher;
        this.method = text(method);
        this.requestUri = text(requestUri);
        this.host = text(host);
        this.contextPath = text(contextPath);
    }

    /**
     * @param request a request at an entry of the container's own
     * @return what is kept of it
     */
    public static RequestSnapshot copy(RequestView request) {
        try {
            return new RequestSnapshot(
                    null, request.method(), request.requestUri(), request.host(), request.contextPath());
        } catch (RuntimeException malformed) {
            // A host, say, that the container fails on: the request is to be decided all the same.
            return new RequestSnapshot(null, null, null, null, null);
        }
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /**
     * Tells whether the container has just begun this request, or shows something of its own in its place (Tomcat
     * forwards to a FORM login page before any filter runs), or runs a part of it on another thread. Before Servlet 3.0
     * there is nothing else.
     *
     * @return {@code false} for error pages, includes, and what was dispatched asynchronously
     */
    public boolean mayBegin() {
        return dispatcher.equals("REQUEST") || dispatcher.equals("FORWARD");
    }

    /** @return whether the container shows an error page in its place */
    public boolean isErrorPage() {
        return dispatcher.equals("ERROR");
    }

    /** @return whether this is what was dispatched asynchronously of a request that has begun before */
    public boolean isAsync() {
        return dispatcher.equals("ASYNC");
    }

    @Override
    public String method() {
        return method;
    }

    /** Decoded from what was sent; where that and the container's reading differ, the path is ambiguous anyway. */
    @Override
    public String path() {
        return decoded(requestUri);
    }

    /**
     * @param requestUri a path as it was sent
     * @return what it says without {@code ;parameters} at its end; the same if it cannot be decoded
     */
    public static String decoded(String requestUri) {
        if (requestUri.indexOf('%') < 0 && requestUri.indexOf(';') < 0) {
            return requestUri;
        }
        int parameters = requestUri.indexOf(';', requestUri.lastIndexOf('/') + 1);
        try {
            String path = new URI(parameters < 0 ? requestUri : requestUri.substring(0, parameters)).getPath();
            return path == null ? requestUri : path;
        } catch (URISyntaxException notOne) {
            return requestUri;
        }
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String requestUri() {
        return requestUri;
    }

    /** {@inheritDoc} It is not kept, which is not the same as that the server does not tell it. */
    @Override
    public String remoteAddress() {
        return "unknown";
    }

    @Override
    public String header(String name) {
        return null;
    }
}
