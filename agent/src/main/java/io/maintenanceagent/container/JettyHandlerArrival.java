package io.maintenanceagent.container;

import static io.maintenanceagent.servlet.Unchecked.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.servlet.Answerable;
import io.maintenanceagent.servlet.HttpRequest;
import io.maintenanceagent.servlet.RememberedRequest;
import io.maintenanceagent.servlet.Unchecked;
import java.lang.invoke.MethodHandle;

/**
 * A request at a handler of Jetty 9 to 11, and of EE 8 and 9 on Jetty 12. It is given the servlet's request and response,
 * mapped to a servlet already if it is within an application; and Jetty's own request, which has to be told that it is
 * answered.
 */
final class JettyHandlerArrival extends ContainerResponse implements Arrival {

    private static final ClassValue<Handles> REQUESTS = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ContainerType.ofSame(type));
        }
    };

    private static final ClassValue<MethodHandle> CHANNELS = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ContainerType.of(type, "org.eclipse.jetty.server.HttpChannel")
                    .method("getRequest", methodType(Object.class, Object.class));
        }
    };

    private static final ClassValue<MethodHandle> WRAPPERS = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ContainerType.of(type, "org.eclipse.jetty.server.handler.HandlerWrapper")
                    .method("getHandler", methodType(Object.class, Object.class));
        }
    };

    private final Object base;
    private final RequestView request;
    private final RememberedRequest remembered;
    private final boolean hasContext;
    private final boolean maySendOn;

    private JettyHandlerArrival(
            Object base,
            RequestView request,
            RememberedRequest remembered,
            Object response,
            boolean hasContext,
            boolean maySendOn) {
        super(response);
        this.base = base;
        this.request = request;
        this.remembered = remembered;
        this.hasContext = hasContext;
        this.maySendOn = maySendOn;
    }

    /**
     * Within a context, before a login, and before Jetty keeps to itself what is in {@code WEB-INF}. Contexts without
     * servlets have handlers of Jetty's own, and do not like to be asked for servlets.
     */
    static Arrival inContext(Object base, Object request, Object response) {
        HttpRequest http = HttpRequest.of(request);
        boolean isMapped = get(REQUESTS.get(base.getClass()).getUserIdentityScope, base) != null;
        return new JettyHandlerArrival(
                base,
                isMapped ? http : new OutsideServletRequest(http, http.contextPath(), true),
                RememberedRequest.of(request),
                response,
                true,
                false);
    }

    /** {@code null} if the request has been served, and comes along all the same, as after others in a collection. */
    static Arrival unserved(Object base) {
        return outside(base, "", false, false);
    }

    /** {@code null} if the request has been served, or will be by somebody who has let it wait. */
    static Arrival atEnd(Object channel) {
        Object base = get(CHANNELS.get(channel.getClass()), channel);
        return HttpRequest.of(base).isAsyncStarted() ? null : outside(base, "", false, false);
    }

    /** {@code null} unless the path is an application's root, but for the slash, and is redirected there. */
    static Arrival redirected(Object handler, Object target, Object base) {
        return JettyContext.redirects(handler, (String) target, base) ? outside(base, (String) target, true, false) : null;
    }

    /** A handler may serve it, or leave it to the next one. */
    static Arrival atHandler(Object base) {
        return outside(base, "", true, true);
    }

    /** The same, of files; {@code null} if there is another one behind it. */
    static Arrival atResources(Object handler, Object base) {
        return get(WRAPPERS.get(handler.getClass()), handler) == null ? atHandler(base) : null;
    }

    private static Arrival outside(Object base, String contextPath, boolean isServed, boolean maySendOn) {
        Handles handles = REQUESTS.get(base.getClass());
        if ((Boolean) get(handles.isHandled, base) || !RememberedRequest.of(base).mayBegin()) {
            return null;
        }
        RequestView request = new OutsideServletRequest(HttpRequest.of(base), contextPath, isServed);
        JettyHandlerArrival arrival = new JettyHandlerArrival(
                base, request, RememberedRequest.copy(request), get(handles.getResponse, base), maySendOn, maySendOn);
        return arrival.isCommitted() ? null : arrival;
    }

    @Override
    public RememberedRequest remembered() {
        return remembered;
    }

    @Override
    public boolean mayLogIn() {
        return hasContext;
    }

    @Override
    public boolean maySendOn() {
        return maySendOn;
    }

    @Override
    public RequestView request() {
        return request;
    }

    @Override
    public Answerable response() {
        return this;
    }

    @Override
    void answered() {
        try {
            REQUESTS.get(base.getClass()).setHandled.invokeExact(base, true);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }

    private static final class Handles {
        final MethodHandle isHandled;
        final MethodHandle setHandled;
        final MethodHandle getResponse;
        final MethodHandle getUserIdentityScope;

        Handles(ContainerType request) {
            isHandled = request.method("isHandled", methodType(Object.class, Object.class));
            setHandled =
                    request.method("setHandled", methodType(void.class, Object.class, boolean.class), boolean.class);
            getUserIdentityScope = request.method("getUserIdentityScope", methodType(Object.class, Object.class));
            getResponse = request.method("getResponse", methodType(Object.class, Object.class));
        }
    }
}
