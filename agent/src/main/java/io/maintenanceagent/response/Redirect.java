package io.maintenanceagent.response;

import io.maintenanceagent.api.RequestView;
import java.net.URI;

/** Where pages are sent instead of being answered. */
final class Redirect {

    private Redirect() {}

    /** Whether the request is for the target already; in doubt it is. */
    static boolean leadsTo(String target, RequestView request) {
        URI uri = URI.create(target);
        boolean sameHost = uri.getHost() == null || uri.getHost().equalsIgnoreCase(request.host());
        String path = uri.getPath() == null || uri.getPath().isEmpty() ? "/" : uri.getPath();
        return sameHost && path.equals(request.path());
    }
}
