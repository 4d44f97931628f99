package io.maintenanceagent.server.undertow;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import io.maintenanceagent.server.servlet.ServletExchange;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** Undertow within an application, before its login: the exchange has the servlet's request and response attached. */
final class UndertowServletExchange {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> handler) {
            return new Handles(handler);
        }
    };

    private UndertowServletExchange() {}

    /** {@code null} for an exchange that came to no servlet. */
    static Exchange of(Object handler, Object exchange) {
        Handles handles = HANDLES.get(handler.getClass());
        Object context = handles.context(exchange);
        try {
            return context == null
                    ? null
                    : new ServletExchange((Object) handles.getRequest.invokeExact(context), (Object)
                            handles.getResponse.invokeExact(context));
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** {@code null} but for an exchange that came to no servlet, and has got its status nevertheless. */
    static Exchange atEnd(Object handler, Object exchange) {
        return HANDLES.get(handler.getClass()).context(exchange) == null ? UndertowCoreExchange.atEnd(exchange) : null;
    }

    private static final class Handles {
        final MethodHandle context;
        final MethodHandle getRequest;
        final MethodHandle getResponse;

        Handles(Class<?> handler) {
            ServerType servlet =
                    ServerType.named("io.undertow.servlet.handlers.ServletRequestContext", handler.getClassLoader());
            ServerType exchange = servlet.neighbour("io.undertow.server.HttpServerExchange");
            ServerType key = servlet.neighbour("io.undertow.util.AttachmentKey");
            try {
                Object attached = servlet.type().getField("ATTACHMENT_KEY").get(null);
                MethodHandle get = exchange.method(
                        "getAttachment", methodType(Object.class, Object.class, Object.class), key.type());
                context = MethodHandles.insertArguments(get, 1, attached);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            getRequest = servlet.method("getServletRequest", methodType(Object.class, Object.class));
            getResponse = servlet.method("getServletResponse", methodType(Object.class, Object.class));
        }

        Object context(Object exchange) {
            try {
                return (Object) context.invokeExact(exchange);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }
    }
}
