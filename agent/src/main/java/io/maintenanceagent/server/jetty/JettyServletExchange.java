package io.maintenanceagent.server.jetty;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.servlet.ServletRequestSnapshot;
import io.maintenanceagent.server.servlet.ServletRequestView;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * Jetty 12, before the login of an application of EE 10 or later: Jetty's own request knows the servlet's, which is
 * mapped already. It is answered by Jetty's own response, as the login would answer it.
 */
final class JettyServletExchange implements Exchange {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(type);
        }
    };

    private final Object servletRequest;
    private final Object request;
    private final Object response;
    private final Object callback;

    private JettyServletExchange(Object servletRequest, Object request, Object response, Object callback) {
        this.servletRequest = servletRequest;
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    /** {@code null} for a request without a servlet's: EE 8 and 9 have a login of their own further in. */
    static Exchange of(Object request, Object response, Object callback) {
        for (Object at = request; at != null; ) {
            Handles handles = HANDLES.get(at.getClass());
            Object servletRequest = handles.getServletApiRequest == null ? null : get(handles.getServletApiRequest, at);
            if (servletRequest != null) {
                return new JettyServletExchange(servletRequest, request, response, callback);
            }
            at = handles.getWrapped == null ? null : get(handles.getWrapped, at);
        }
        return null;
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return ServletRequestSnapshot.of(servletRequest);
    }

    @Override
    public boolean isAsyncStarted() {
        return ServletRequestView.of(servletRequest).isAsyncStarted();
    }

    @Override
    public int serverThreads() {
        return JettyThreads.of(request);
    }

    @Override
    public boolean mayAuthenticate() {
        return true;
    }

    @Override
    public RequestView request() {
        return ServletRequestView.of(servletRequest);
    }

    @Override
    public ResponseSink response() {
        return new JettyResponse(response, callback, new JettyRequest(request, false, false));
    }

    private static final class Handles {
        final MethodHandle getServletApiRequest;
        final MethodHandle getWrapped;

        Handles(Class<?> type) {
            getServletApiRequest = getter(type, "getServletApiRequest");
            getWrapped = getter(type, "getWrapped");
        }

        private static MethodHandle getter(Class<?> type, String name) {
            try {
                return MethodHandles.publicLookup()
                        .unreflect(type.getMethod(name))
                        .asType(methodType(Object.class, Object.class));
            } catch (ReflectiveOperationException absent) {
                return null;
            }
        }
    }
}
