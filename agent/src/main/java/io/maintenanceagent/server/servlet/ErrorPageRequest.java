package io.maintenanceagent.server.servlet;

/**
 * A request that the container has answered with an error, and shows the application's page for, while nothing of it
 * was let in before: it is decided as it was sent, and not by the path of the page.
 */
public final class ErrorPageRequest extends UnmappedServletRequest {

    private final ServletRequestView http;

    /** @param http the request as the error page gets it */
    public ErrorPageRequest(ServletRequestView http) {
        super(http, http.contextPath(), true);
        this.http = http;
    }

    @Override
    public String target() {
        String uri = http.errorUri();
        return uri == null ? super.target() : uri;
    }

    @Override
    public boolean isUserInRole(String role) {
        return http.isUserInRole(role);
    }
}
