package io.maintenanceagent.server.tomcat;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import io.maintenanceagent.server.servlet.NotifiedResponse;
import java.lang.invoke.MethodHandle;

/**
 * Tomcat's own response. Where the container has put an error or a redirect into it, it takes nothing more until it is
 * told to.
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

    TomcatResponse(Object response) {
        super(response);
        this.response = response;
    }

    @Override
    protected void answering(int status) {
        try {
            SET_SUSPENDED.get(response.getClass()).invokeExact(response, false);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }
}
