package io.maintenanceagent.server.grizzly;

import static io.maintenanceagent.server.UncheckedCall.get;

import io.maintenanceagent.server.UncheckedCall;
import io.maintenanceagent.server.UnmappedRequest;
import java.util.ArrayList;
import java.util.List;

/** Grizzly's request, of an application or of none. */
final class GrizzlyRequest extends UnmappedRequest {

    private final Object request;
    private final GrizzlyMethods handles;
    private final String contextPath;

    GrizzlyRequest(Object request, GrizzlyMethods handles, String contextPath) {
        this.request = request;
        this.handles = handles;
        this.contextPath = contextPath;
    }

    @Override
    public String method() {
        return String.valueOf(get(handles.getMethod, request));
    }

    @Override
    public String contextPath() {
        return contextPath;
    }

    /** {@inheritDoc} There is a handler, which may serve anything. */
    @Override
    public boolean isUnmapped() {
        return false;
    }

    /** {@inheritDoc} Of an absolute target without the host (RFC 9112, section 3.2.2). */
    @Override
    protected String target() {
        String uri = text(get(handles.getRequestUri, request));
        int authority = uri.startsWith("/") ? -1 : uri.indexOf("://");
        if (authority < 0) {
            return uri;
        }
        int path = uri.indexOf('/', authority + 3);
        return path < 0 ? "/" : uri.substring(path);
    }

    @Override
    public String query() {
        return (String) get(handles.getQueryString, request);
    }

    @Override
    public String host() {
        return text(get(handles.getServerName, request));
    }

    @Override
    public String header(String name) {
        try {
            return (String) (Object) handles.getHeader.invokeExact(request, name);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = new ArrayList<String>();
        try {
            for (Object value : (Iterable<?>) (Object) handles.getHeaders.invokeExact(request, name)) {
                values.add((String) value);
            }
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
        return values;
    }

    @Override
    public String remoteAddress() {
        return text(get(handles.getRemoteAddress, request));
    }

    @Override
    public boolean isSecure() {
        return (Boolean) get(handles.isSecure, request);
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
