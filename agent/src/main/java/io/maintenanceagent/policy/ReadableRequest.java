package io.maintenanceagent.policy;

import io.maintenanceagent.api.RequestView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * A request whose getters do not throw, while a container's may for malformed requests (Jetty 12 for a path that it
 * calls ambiguous, Undertow for a host in half a pair of brackets). Then {@code path}, {@code requestUri},
 * {@code method}, {@code contextPath} and {@code host} are {@code null}, the servlet is {@link #isServletUnknown
 * unknown}, and everything else is empty. For one thread.
 */
final class ReadableRequest implements RequestView {

    private final RequestView request;
    private boolean servletUnknown;

    ReadableRequest(RequestView request) {
        this.request = request;
    }

    /** The request as extensions get it. */
    RequestView original() {
        return request;
    }

    /** Whether the container has failed to tell which servlet it is for. */
    boolean isServletUnknown() {
        return servletUnknown;
    }

    /**
     * As it would be served at another path, as far as it concerns the servlet; {@code null} if that cannot be known.
     */
    ReadableRequest servedAt(String path) {
        try {
            RequestView served = request instanceof ServletMappings ? ((ServletMappings) request).servedAt(path) : null;
            return served == null ? null : new ReadableRequest(served);
        } catch (Throwable ignored) {
            return null;
        }
    }

    @Override
    public String method() {
        try {
            return request.method();
        } catch (Throwable ignored) {
            return null;
        }
    }

    @Override
    public String path() {
        try {
            return request.path();
        } catch (Throwable ignored) {
            return null;
        }
    }

    @Override
    public String contextPath() {
        try {
            return request.contextPath();
        } catch (Throwable ignored) {
            return null;
        }
    }

    @Override
    public String host() {
        try {
            return request.host();
        } catch (Throwable ignored) {
            return null;
        }
    }

    @Override
    public String header(String name) {
        try {
            return request.header(name);
        } catch (Throwable ignored) {
            return null;
        }
    }

    @Override
    public List<String> headers(String name) {
        try {
            List<String> values = request.headers(name);
            return values.contains(null) ? withoutNull(values) : values;
        } catch (Throwable ignored) {
            return Collections.emptyList();
        }
    }

    /** Tomcat has {@code null} for an empty header. */
    private static List<String> withoutNull(List<String> values) {
        List<String> all = new ArrayList<String>(values);
        Collections.replaceAll(all, null, "");
        return all;
    }

    @Override
    public String requestUri() {
        try {
            return request.requestUri();
        } catch (Throwable ignored) {
            return null;
        }
    }

    @Override
    public String query() {
        try {
            return request.query();
        } catch (Throwable ignored) {
            return null;
        }
    }

    @Override
    public String remoteAddress() {
        try {
            return request.remoteAddress();
        } catch (Throwable ignored) {
            return "";
        }
    }

    @Override
    public boolean isSecure() {
        try {
            return request.isSecure();
        } catch (Throwable ignored) {
            return false;
        }
    }

    @Override
    public boolean isUserInRole(String role) {
        try {
            return request.isUserInRole(role);
        } catch (Throwable ignored) {
            return false;
        }
    }

    @Override
    public String servletName() {
        try {
            return request.servletName();
        } catch (Throwable ignored) {
            servletUnknown = true;
            return null;
        }
    }

    @Override
    public String servletClass() {
        try {
            return request.servletClass();
        } catch (Throwable ignored) {
            servletUnknown = true;
            return null;
        }
    }

    @Override
    public Collection<String> servletAnnotations() {
        try {
            return request.servletAnnotations();
        } catch (Throwable ignored) {
            servletUnknown = true;
            return Collections.emptySet();
        }
    }

    @Override
    public boolean isUnmapped() {
        try {
            return request.isUnmapped();
        } catch (Throwable ignored) {
            return false;
        }
    }
}
