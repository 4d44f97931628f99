package io.maintenanceagent.server.tomcat;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.GetterPath;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.ServerThreads;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import io.maintenanceagent.server.servlet.ServletRequestSnapshot;
import io.maintenanceagent.server.servlet.ServletRequestView;
import io.maintenanceagent.server.servlet.UnmappedServletRequest;
import java.lang.invoke.MethodHandle;

/** Tomcat's own request and response are servlet ones, and mapped to a servlet before they come to an entry. */
final class TomcatExchange implements Exchange {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServerType.of(type, "org.apache.catalina.connector.Request"));
        }
    };

    private static final GetterPath EXECUTOR = new GetterPath("getConnector", "getProtocolHandler", "getExecutor");

    private final Object request;
    private final Object response;
    private final boolean hasContext;

    private TomcatExchange(Object request, Object response, boolean hasContext) {
        this.request = request;
        this.response = response;
        this.hasContext = hasContext;
    }

    static Exchange of(Object request, Object response) {
        Handles handles = HANDLES.get(request.getClass());
        try {
            // What is dispatched asynchronously passes the valves again, and says it is an ordinary request there.
            return (boolean) handles.isAsync.invokeExact(request)
                    ? null
                    : new TomcatExchange(request, response, (Object) handles.getContext.invokeExact(request) != null);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return hasContext ? ServletRequestSnapshot.of(request) : RequestSnapshot.copy(request());
    }

    @Override
    public boolean isAsyncStarted() {
        return hasContext && ServletRequestView.of(request).isAsyncStarted();
    }

    @Override
    public boolean mayAuthenticate() {
        return hasContext;
    }

    /** {@inheritDoc} Of an executor that connectors share, the one that serves this request. */
    @Override
    public int serverThreads() {
        return ServerThreads.of(EXECUTOR.from(request));
    }

    @Override
    public RequestView request() {
        ServletRequestView http = ServletRequestView.of(request);
        // Without a context it has no path, no context path, and an exception for who asks for the context.
        return hasContext ? http : new UnmappedServletRequest(http, "");
    }

    @Override
    public ResponseSink response() {
        return new TomcatResponse(response, request, hasContext);
    }

    private static final class Handles {
        final MethodHandle isAsync;
        final MethodHandle getContext;

        Handles(ServerType request) {
            isAsync = request.method("isAsync", methodType(boolean.class, Object.class));
            getContext = request.method("getContext", methodType(Object.class, Object.class));
        }
    }
}
