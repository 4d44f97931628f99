package io.maintenanceagent.policy;

import io.maintenanceagent.api.RequestView;

/** A request whose application can tell which servlet it has for another path. For one thread. */
public interface ServletMappings extends RequestView {

    /**
     * @param path a whole path, as a reader may take it from the request URI
     * @return the request with the servlet that the application has for it; {@code null} if the path is of another
     *     application, or the application cannot tell
     */
    RequestView servedAt(String path);
}
