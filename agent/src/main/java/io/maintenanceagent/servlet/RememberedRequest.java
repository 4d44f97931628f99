package io.maintenanceagent.servlet;

import io.maintenanceagent.api.RequestView;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * What is kept of a request while it runs. The request object belongs to its thread, and to another request as soon as
 * this one is over: reading it from elsewhere can damage what the container makes of it (Tomcat converts texts when they
 * are first asked for). So its thread writes down at the beginning what is cheap to have; address, headers and roles are
 * not among it. Immutable; safe for any thread.
 */
final class RememberedRequest implements RequestView {

    private final String method;
    private final String requestUri;
    private final String host;
    private final Object context;
    private final String contextPath;

    /**
     * @param context the {@code ServletContext}, which is the same for all threads; {@code null} before Servlet 3.0
     * @param contextPath the context path if there is no context to ask for it
     */
    RememberedRequest(String method, String requestUri, String host, Object context, String contextPath) {
        this.method = method;
        this.requestUri = requestUri;
        this.host = host;
        this.context = context;
        this.contextPath = contextPath;
    }

    @Override
    public String method() {
        return method;
    }

    /** Decoded from what was sent; where that and the container's reading differ, the path is doubtful anyway. */
    @Override
    public String path() {
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
        return context == null ? contextPath : ContextHandles.of(context).path(context);
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String requestUri() {
        return requestUri;
    }

    @Override
    public String header(String name) {
        return null;
    }
}
