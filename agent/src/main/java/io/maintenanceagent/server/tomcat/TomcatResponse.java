package io.maintenanceagent.server.tomcat;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import io.maintenanceagent.server.servlet.NotifiedResponse;
import io.maintenanceagent.server.servlet.ServletRequestView;
import java.lang.invoke.MethodHandle;

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

    private final Object response;
    private final ServletRequestView request;

    TomcatResponse(Object response, ServletRequestView request) {
        super(response);
        this.response = response;
        this.request = request;
    }

    @Override
    protected void answering(int status) {
        request.forgetError();
        try {
            SET_SUSPENDED.get(response.getClass()).invokeExact(response, false);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }
}
