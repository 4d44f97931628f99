package io.maintenanceagent.container;

import io.maintenanceagent.servlet.HttpRequest;
import java.util.List;

/**
 * A servlet's request that came to no servlet. Where it came to no application either, Tomcat's has no path and no context
 * path, and throws an exception if it is asked for the context.
 */
final class OutsideServletRequest extends OutsideRequest {

    private final HttpRequest http;
    private final String contextPath;

    /**
     * @param http the request
     * @param contextPath of the application, {@code null} if there is none
     */
    OutsideServletRequest(HttpRequest http, String contextPath) {
        this.http = http;
        this.contextPath = contextPath;
    }

    @Override
    public String contextPath() {
        return contextPath == null ? "" : contextPath;
    }

    @Override
    public boolean isUnmapped() {
        return contextPath == null && super.isUnmapped();
    }

    @Override
    public String method() {
        return http.method();
    }

    @Override
    public String host() {
        return http.host();
    }

    @Override
    public String header(String name) {
        return http.header(name);
    }

    @Override
    public List<String> headers(String name) {
        return http.headers(name);
    }

    @Override
    String target() {
        return http.requestUri();
    }

    @Override
    public String query() {
        return http.query();
    }

    @Override
    public String remoteAddress() {
        return http.remoteAddress();
    }

    @Override
    public boolean isSecure() {
        return http.isSecure();
    }
}
