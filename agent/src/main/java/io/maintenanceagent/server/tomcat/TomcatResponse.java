package io.maintenanceagent.server.tomcat;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import io.maintenanceagent.server.servlet.NotifiedResponse;
import io.maintenanceagent.server.servlet.ServletRequestView;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Map;

/**
 * Tomcat's own response. Where the container has put an error or a redirect into it, it takes nothing more until it is
 * told to; and where it keeps an exception in the request, as for a host that it cannot parse, it replaces whatever was
 * answered by a page about that.
 */
final class TomcatResponse extends NotifiedResponse {

    private static final ClassValue<MethodHandle> SET_SUSPENDED = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ServerType.of(type, "org.apache.catalina.connector.Response")
                    .method("setSuspended", methodType(void.class, Object.class, boolean.class), boolean.class);
        }
    };

    /** What is kept with the request below the container, and shines through where the request has nothing itself. */
    private static final ClassValue<MethodHandle> GET_KEPT = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            ServerType request = ServerType.of(type, "org.apache.catalina.connector.Request");
            MethodHandle kept = request.neighbour("org.apache.coyote.Request")
                    .method("getAttributes", methodType(Object.class, Object.class));
            return MethodHandles.filterReturnValue(
                    request.method("getCoyoteRequest", methodType(Object.class, Object.class)), kept);
        }
    };

    private static final String[] EXCEPTIONS = {"javax.servlet.error.exception", "jakarta.servlet.error.exception"};

    private final Object response;
    private final Object request;

    TomcatResponse(Object response, Object request, boolean isMapped) {
        super(response, isMapped ? ServletRequestView.of(request) : null);
        this.response = response;
        this.request = request;
    }

    @Override
    protected void answering(int status) {
        ServletRequestView.of(request).forgetError();
        Map<?, ?> kept = (Map<?, ?>) UncheckedCall.get(GET_KEPT.get(request.getClass()), request);
        for (String exception : EXCEPTIONS) {
            kept.remove(exception);
        }
        try {
            SET_SUSPENDED.get(response.getClass()).invokeExact(response, false);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }
}
