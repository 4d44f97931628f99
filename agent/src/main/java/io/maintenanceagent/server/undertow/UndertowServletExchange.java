package io.maintenanceagent.server.undertow;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.SuspendableExchange;
import io.maintenanceagent.server.UncheckedCall;
import io.maintenanceagent.server.servlet.ServletExchange;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** Undertow within an application, before its login: the exchange has the servlet's request and response attached. */
final class UndertowServletExchange extends ServletExchange implements SuspendableExchange {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> handler) {
            return new Handles(handler);
        }
    };

    private final Object handler;
    private final Object exchange;
    private final boolean isOnItsWay;

    private UndertowServletExchange(
            Object request, Object response, Object handler, Object exchange, boolean isOnItsWay) {
        super(request, response);
        this.handler = handler;
        this.exchange = exchange;
        this.isOnItsWay = isOnItsWay;
    }

    /** {@code null} for an exchange that came to no servlet. */
    static Exchange of(Object handler, Object exchange) {
        Object context = HANDLES.get(handler.getClass()).context(exchange);
        return context == null ? null : of(context, handler, exchange, false);
    }

    private static Exchange of(Object context, Object handler, Object exchange, boolean isOnItsWay) {
        Handles handles = HANDLES.get(handler.getClass());
        return new UndertowServletExchange(
                get(handles.getRequest, context), get(handles.getResponse, context), handler, exchange, isOnItsWay);
    }

    /** One that is decided further in, and may begin to wait before. {@code null} for one that came to no servlet. */
    static Exchange onItsWay(Object handler, Object exchange) {
        Object context = HANDLES.get(handler.getClass()).context(exchange);
        return context == null ? null : of(context, handler, exchange, true);
    }

    /**
     * An exchange that came to no servlet, and has got its status nevertheless; or one that is about to go on to its
     * servlet on another thread. {@code null} for others.
     */
    static Exchange atEnd(Object handler, Object exchange) {
        Object context = HANDLES.get(handler.getClass()).context(exchange);
        if (context == null) {
            return UndertowCoreExchange.atEnd(exchange);
        }
        return UndertowMethods.isInIoThread(exchange) ? of(context, handler, exchange, true) : null;
    }

    @Override
    public boolean isDecidedWithin() {
        return isOnItsWay;
    }

    @Override
    public boolean maySuspend() {
        return isOnItsWay;
    }

    @Override
    public Runnable suspend(Runnable gone) {
        return UndertowSuspension.dispatched(handler, exchange, gone);
    }

    @Override
    public boolean mayWait() {
        return !isOnItsWay;
    }

    @Override
    public int serverThreads() {
        return UndertowMethods.threads(exchange);
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
