package io.maintenanceagent.server.jetty;

import io.maintenanceagent.server.GetterPath;
import io.maintenanceagent.server.ServerThreads;

/** How many threads Jetty has for requests. */
final class JettyThreads {

    private static final GetterPath BY_CONNECTION =
            new GetterPath("getConnectionMetaData", "getConnector", "getServer", "getThreadPool");

    /** Before Jetty 12. */
    private static final GetterPath BY_CHANNEL = new GetterPath("getHttpChannel", "getServer", "getThreadPool");

    private JettyThreads() {}

    /**
     * Returns the number, or {@link ServerThreads#UNKNOWN}.
     *
     * @param request Jetty's own request
     */
    static int of(Object request) {
        Object pool = BY_CONNECTION.from(request);
        return ServerThreads.of(pool == null ? BY_CHANNEL.from(request) : pool);
    }
}
