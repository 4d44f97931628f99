package io.maintenanceagent.container;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.servlet.RememberedRequest;

/**
 * A request that belongs to no application: its path is decoded from what was sent, and where that and the container's
 * reading differ, the path is doubtful anyway.
 */
abstract class OutsideRequest implements RequestView {

    @Override
    public String path() {
        String path = RememberedRequest.decoded(requestUri());
        return path.startsWith("/") ? path : "/" + path;
    }

    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public abstract String requestUri();

    /** {@inheritDoc} Reading requests only, which are answered with a 404. */
    @Override
    public boolean isUnmapped() {
        return method().equals("GET") || method().equals("HEAD");
    }
}
