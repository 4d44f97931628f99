package io.maintenanceagent.server.servlet;

import io.maintenanceagent.server.UnmappedRequest;
import java.util.List;

/** A servlet request that the container has not mapped to a servlet, and is not going to. */
public class UnmappedServletRequest extends UnmappedRequest {

    private final ServletRequestView http;
    private final String contextPath;
    private final boolean isServed;

    /**
     * @param http is not asked where it leads to
     * @param contextPath of the application that it is for; the empty string if there is none
     */
    public UnmappedServletRequest(ServletRequestView http, String contextPath) {
        this(http, contextPath, false);
    }

    /** @param isServed whether it may be answered otherwise than with a 404 */
    public UnmappedServletRequest(ServletRequestView http, String contextPath, boolean isServed) {
        this.http = http;
        this.contextPath = contextPath;
        this.isServed = isServed;
    }

    @Override
    public String method() {
        return http.method();
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    @Override
    public boolean isUnmapped() {
        return !isServed && super.isUnmapped();
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
    public String target() {
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
