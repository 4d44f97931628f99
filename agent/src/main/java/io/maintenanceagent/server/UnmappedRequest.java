package io.maintenanceagent.server;

import io.maintenanceagent.api.RequestView;

/**
 * A request that belongs to no application: its path is decoded from what was sent, and where that and the container's
 * reading differ, the path is ambiguous anyway.
 */
public abstract class UnmappedRequest implements RequestView {

    @Override
    public String path() {
        return RequestSnapshot.decoded(requestUri());
    }

    @Override
    public String contextPath() {
        return "";
    }

    /** {@inheritDoc} {@code OPTIONS *} asks about the whole server (RFC 9112, section 3.2.4): that is its root. */
    @Override
    public String requestUri() {
        String target = target();
        return target.equals("*") ? "/" : target;
    }

    /** The path of the request line as it was sent; {@code *} if that was sent. */
    protected abstract String target();

    /** {@inheritDoc} Reading requests only, which are answered with a 404. */
    @Override
    public boolean isUnmapped() {
        return method().equals("GET") || method().equals("HEAD");
    }
}
