package io.maintenanceagent.server.jetty;

import io.maintenanceagent.server.GetterPath;
import io.maintenanceagent.server.ServerThreads;

/** How many threads Jetty has for requests. */
final class JettyThreads {

    private static final GetterPath BY_CONNECTION =
            new GetterPath("getConnectionMetaData", "getConnector", "getServer", "getThreadPool");

    private static final GetterPath INVOCATION =
            new GetterPath("getConnectionMetaData", "getConnector", "getServer", "getInvocationType");

    /** Before Jetty 12. */
    private static final GetterPath BY_CHANNEL = new GetterPath("getHttpChannel", "getServer", "getThreadPool");

    private JettyThreads() {}

    /**
     * Returns whether a request of Jetty 12 is on a thread that may wait. Where no handler of the server ever does
     * (Spring WebFlux on Jetty's core), it is the one that reads from all connections.
     *
     * @param request Jetty's own request
     */
    static boolean mayWait(Object request) {
        Object invocation = INVOCATION.from(request);
        return invocation == null || !invocation.toString().equals("NON_BLOCKING");
    }

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
