package io.maintenanceagent.server.jetty;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import io.maintenanceagent.server.servlet.NotifiedResponse;
import io.maintenanceagent.server.servlet.ServletRequestSnapshot;
import io.maintenanceagent.server.servlet.ServletRequestView;
import io.maintenanceagent.server.servlet.UnmappedServletRequest;
import java.lang.invoke.MethodHandle;

/**
 * A request at a handler of Jetty 9 to 11, and of EE 8 and 9 on Jetty 12. It is given the servlet's request and
 * response, mapped to a servlet already if it is within an application; and Jetty's own request, which has to be told
 * that it is answered.
 */
final class JettyHandlerExchange extends NotifiedResponse implements Exchange {

    private static final ClassValue<Handles> REQUESTS = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServerType.ofSame(type));
        }
    };

    private static final ClassValue<MethodHandle> CHANNELS = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ServerType.of(type, "org.eclipse.jetty.server.HttpChannel")
                    .method("getRequest", methodType(Object.class, Object.class));
        }
    };

    private static final ClassValue<MethodHandle> WRAPPERS = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ServerType.of(type, "org.eclipse.jetty.server.handler.HandlerWrapper")
                    .method("getHandler", methodType(Object.class, Object.class));
        }
    };

    private final Object base;
    private final RequestView request;
    private final RequestSnapshot requestSnapshot;
    private final boolean hasContext;
    private final boolean mayForward;
    private final ServletRequestView mapped; // null for a request that is not mapped to a servlet

    private JettyHandlerExchange(
            Object base,
            RequestView request,
            ServletRequestView mapped,
            RequestSnapshot requestSnapshot,
            Object response,
            boolean hasContext,
            boolean mayForward) {
        super(response, mapped);
        this.base = base;
        this.mapped = mapped;
        this.request = request;
        this.requestSnapshot = requestSnapshot;
        this.hasContext = hasContext;
        this.mayForward = mayForward;
    }

    /**
     * Within a context, before a login, and before Jetty keeps to itself what is in {@code WEB-INF}. Contexts without
     * servlets have handlers of Jetty's own, and do not like to be asked for servlets.
     */
    static Exchange inContext(Object base, Object request, Object response) {
        ServletRequestView http = ServletRequestView.of(request);
        boolean isMapped = get(REQUESTS.get(base.getClass()).getUserIdentityScope, base) != null;
        return new JettyHandlerExchange(
                base,
                isMapped ? http : new UnmappedServletRequest(http, http.contextPath(), true),
                isMapped ? http : null,
                ServletRequestSnapshot.of(request),
                response,
                true,
                false);
    }

    /** {@code null} if the request has been served, and comes along all the same, as after others in a collection. */
    static Exchange unserved(Object base) {
        return outside(base, "", false, false);
    }

    /** {@code null} if the request has been served, or will be by somebody who has let it wait. */
    static Exchange atEnd(Object channel) {
        Object base = get(CHANNELS.get(channel.getClass()), channel);
        return ServletRequestView.of(base).isAsyncStarted() ? null : outside(base, "", false, false);
    }

    /** {@code null} unless the path is an application's root, but for the slash, and is redirected there. */
    static Exchange redirected(Object handler, Object target, Object base) {
        return JettyContext.redirects(handler, (String) target, base)
                ? outside(base, (String) target, true, false)
                : null;
    }

    /** A handler may serve it, or leave it to the next one. */
    static Exchange atHandler(Object base) {
        return outside(base, "", true, true);
    }

    /** The same, of files; {@code null} if there is another one behind it. */
    static Exchange atResources(Object handler, Object base) {
        return get(WRAPPERS.get(handler.getClass()), handler) == null ? atHandler(base) : null;
    }

    private static Exchange outside(Object base, String contextPath, boolean isServed, boolean mayForward) {
        Handles handles = REQUESTS.get(base.getClass());
        if ((Boolean) get(handles.isHandled, base)
                || !ServletRequestSnapshot.of(base).mayBegin()) {
            return null;
        }
        RequestView request = new UnmappedServletRequest(ServletRequestView.of(base), contextPath, isServed);
        JettyHandlerExchange exchange = new JettyHandlerExchange(
                base,
                request,
                null,
                RequestSnapshot.copy(request),
                get(handles.getResponse, base),
                mayForward,
                mayForward);
        return exchange.isCommitted() ? null : exchange;
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return requestSnapshot;
    }

    @Override
    public boolean isAsyncStarted() {
        return mapped != null && mapped.isAsyncStarted();
    }

    @Override
    public int serverThreads() {
        return JettyThreads.of(base);
    }

    @Override
    public boolean mayAuthenticate() {
        return hasContext;
    }

    @Override
    public boolean mayForward() {
        return mayForward;
    }

    @Override
    public RequestView request() {
        return request;
    }

    @Override
    public ResponseSink response() {
        return this;
    }

    @Override
    protected void answered() {
        try {
            REQUESTS.get(base.getClass()).setHandled.invokeExact(base, true);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private static final class Handles {
        final MethodHandle isHandled;
        final MethodHandle setHandled;
        final MethodHandle getResponse;
        final MethodHandle getUserIdentityScope;

        Handles(ServerType request) {
            isHandled = request.method("isHandled", methodType(Object.class, Object.class));
            setHandled =
                    request.method("setHandled", methodType(void.class, Object.class, boolean.class), boolean.class);
            getUserIdentityScope = request.method("getUserIdentityScope", methodType(Object.class, Object.class));
            getResponse = request.method("getResponse", methodType(Object.class, Object.class));
        }
    }
}
