package io.maintenanceagent.container;

import io.maintenanceagent.servlet.HttpRequest;
import java.util.List;

/**
 * A servlet's request outside of any application. On Tomcat it has no path and no context path there, and throws an
 * exception if it is asked for the context.
 */
final class OutsideServletRequest extends OutsideRequest {

    private final HttpRequest http;
    private final String contextPath;

    /**
     * @param http the request
     * @param contextPath of the application to whose root it is redirected; empty if there is none
     */
    OutsideServletRequest(HttpRequest http, String contextPath) {
        this.http = http;
        this.contextPath = contextPath;
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    @Override
    public boolean isUnmapped() {
        return contextPath.isEmpty() && super.isUnmapped();
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
