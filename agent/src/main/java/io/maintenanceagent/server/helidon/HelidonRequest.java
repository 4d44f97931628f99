package io.maintenanceagent.server.helidon;

import static io.maintenanceagent.server.UncheckedCall.get;

import io.maintenanceagent.server.UnmappedRequest;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.NoSuchElementException;

/** Helidon's {@code RoutingRequest}, or what there is of one before it is one. */
class HelidonRequest extends UnmappedRequest {

    private final Object request;
    final HelidonMethods methods;

    HelidonRequest(Object request, HelidonMethods methods) {
        this.request = request;
        this.methods = methods;
    }

    @Override
    public String method() {
        return (String) get(methods.methodText, get(methods.getMethod, prologue()));
    }

    /** {@inheritDoc} As routes are found by it. */
    @Override
    public String path() {
        return rooted((String) get(methods.getPath, get(methods.getUriPath, prologue())));
    }

    @Override
    protected String target() {
        return (String) get(methods.getRawPath, get(methods.getUriPath, prologue()));
    }

    private static String rooted(String path) {
        return path.isEmpty() || path.equals("*") ? "/" : path;
    }

    /** {@inheritDoc} There is a handler, which may serve anything. */
    @Override
    public boolean isUnmapped() {
        return false;
    }

    @Override
    public String query() {
        String query = (String) get(methods.getRawQuery, get(methods.getQuery, prologue()));
        return query == null || query.isEmpty() ? null : query;
    }

    /** The request line. */
    Object prologue() {
        return get(methods.getPrologue, request);
    }

    /** {@inheritDoc} Of the authority on HTTP/2, which overrides the header (RFC 9113, section 8.3.1). */
    @Override
    public String host() {
        String authority = authority();
        int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        return end > 0 ? authority.substring(0, end) : authority;
    }

    String authority() {
        try {
            String authority = (String) get(methods.getAuthority, request);
            return authority == null ? "" : authority;
        } catch (NoSuchElementException noHost) {
            return "";
        }
    }

    @Override
    public String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public List<String> headers(String name) {
        return methods.values(requestHeaders(), name);
    }

    Object requestHeaders() {
        return get(methods.getRequestHeaders, request);
    }

    @Override
    public String remoteAddress() {
        Object address = get(methods.getAddress, remotePeer());
        InetSocketAddress remote = address instanceof InetSocketAddress ? (InetSocketAddress) address : null;
        return remote == null || remote.getAddress() == null
                ? ""
                : remote.getAddress().getHostAddress();
    }

    Object remotePeer() {
        return get(methods.getRemotePeer, request);
    }

    @Override
    public boolean isSecure() {
        return (Boolean) get(methods.isSecure, request);
    }
}
