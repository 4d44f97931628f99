package io.maintenanceagent.server.grizzly;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.GetterPath;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.ServerThreads;
import java.util.ArrayList;
import java.util.List;

/**
 * Grizzly before any handler. Below servlets it is refused there if it is in whatever application it may be for,
 * logins, redirects and what no application is for included; else it is decided and counted at its servlet.
 */
final class GrizzlyExchange implements Exchange {

    /** GlassFish and Payara. */
    private static final String CONTAINER = "com.sun.enterprise.";

    /** How threads of the listener for administrators are named there. */
    private static final String ADMINISTRATION = "admin-listener";

    /** How many segments a context path has at the most. */
    private static final int DEEPEST_CONTEXT = 8;

    private static final GetterPath THREADS = new GetterPath(
            "getContext", "getConnection", "getTransport", "getWorkerThreadPoolConfig", "getMaxPoolSize");

    private static final ClassValue<Boolean> HAS_SERVLETS = new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> handler) {
            return handler.getName().startsWith(CONTAINER) || hasServletHandler(handler.getClassLoader());
        }
    };

    private final Object request;
    private final GrizzlyMethods handles;
    private final GrizzlyResponse response;
    private final boolean hasServlets;

    private GrizzlyExchange(Object request, GrizzlyMethods handles, GrizzlyResponse response, boolean hasServlets) {
        this.request = request;
        this.handles = handles;
        this.response = response;
        this.hasServlets = hasServlets;
    }

    /** {@code null} if it is answered already, or for administrators of the container. */
    static Exchange of(Object handler, Object request, Object response) {
        GrizzlyMethods handles = GrizzlyMethods.of(request);
        GrizzlyResponse answerable = new GrizzlyResponse(response, handles);
        boolean hasServlets = HAS_SERVLETS.get(handler.getClass());
        return answerable.isCommitted() || hasServlets && isForAdministrators()
                ? null
                : new GrizzlyExchange(request, handles, answerable, hasServlets);
    }

    private static boolean isForAdministrators() {
        return Thread.currentThread().getName().contains(ADMINISTRATION);
    }

    /** Whether a module is there that has servlets on Grizzly without such a container. */
    private static boolean hasServletHandler(ClassLoader loader) {
        try {
            Class.forName("org.glassfish.grizzly.servlet.ServletHandler", false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return RequestSnapshot.copy(request());
    }

    /** {@inheritDoc} A transport may have its selectors serve requests. */
    @Override
    public boolean mayWait() {
        return !Thread.currentThread().getName().endsWith("SelectorRunner");
    }

    @Override
    public int serverThreads() {
        return ServerThreads.of(THREADS.from(request));
    }

    @Override
    public boolean mayAuthenticate() {
        return hasServlets;
    }

    @Override
    public boolean mayForward() {
        return hasServlets;
    }

    @Override
    public boolean isDispatchedAgain() {
        return hasServlets;
    }

    @Override
    public Object completion() {
        return request;
    }

    @Override
    public RequestView request() {
        return new GrizzlyRequest(request, handles, "");
    }

    /** {@inheritDoc} With each beginning of its path as the context path. */
    @Override
    public List<RequestView> readings() {
        List<RequestView> readings = new ArrayList<RequestView>();
        readings.add(request());
        String path = readings.get(0).path();
        int end = 0;
        for (int i = 0; i < DEEPEST_CONTEXT && end >= 0; i++) {
            end = path.indexOf('/', end + 1);
            readings.add(new GrizzlyRequest(request, handles, end < 0 ? path : path.substring(0, end)));
        }
        return readings;
    }

    @Override
    public ResponseSink response() {
        return response;
    }
}
