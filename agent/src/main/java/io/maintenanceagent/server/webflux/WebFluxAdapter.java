package io.maintenanceagent.server.webflux;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/** Spring WebFlux, and Spring Cloud Gateway on it. */
public final class WebFluxAdapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        Object handler = arguments[2];
        return new WebFluxExchange(
                new WebFluxRequest(arguments[0]),
                new WebFluxResponse(arguments[1]),
                handler.getClass(),
                new Again(handler, arguments[0], arguments[1]));
    }

    /** Handles a request from its entry point on. */
    private static final class Again implements Supplier<Object> {
        private static final ClassValue<MethodHandle> HANDLE = new ClassValue<MethodHandle>() {
            @Override
            protected MethodHandle computeValue(Class<?> type) {
                ServerType handler =
                        ServerType.of(type, "org.springframework.web.server.adapter.HttpWebHandlerAdapter");
                String http = "org.springframework.http.server.reactive.ServerHttp";
                return handler.method(
                        "handle",
                        methodType(Object.class, Object.class, Object.class, Object.class),
                        handler.neighbour(http + "Request").type(),
                        handler.neighbour(http + "Response").type());
            }
        };

        private final Object handler;
        private final Object request;
        private final Object response;

        Again(Object handler, Object request, Object response) {
            this.handler = handler;
            this.request = request;
            this.response = response;
        }

        @Override
        public Object get() {
            try {
                return (Object) HANDLE.get(handler.getClass()).invokeExact(handler, request, response);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }
    }
}
