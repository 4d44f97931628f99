package io.maintenanceagent.server.jdk;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;

/** How an exchange of {@code com.sun.net.httpserver} is asked, and answered; a JDK need not have that module. */
final class JdkMethods {

    private static final String API = "com.sun.net.httpserver.";

    private static final ClassValue<JdkMethods> HANDLES = new ClassValue<JdkMethods>() {
        @Override
        protected JdkMethods computeValue(Class<?> type) {
            return new JdkMethods(type);
        }
    };

    final boolean isSecure;
    final MethodHandle getHttpContext;
    final MethodHandle getHandler;
    final MethodHandle getPath;
    final MethodHandle getRequestMethod;
    final MethodHandle getRequestUri;
    final MethodHandle getRequestHeaders;
    final MethodHandle getRemoteAddress;
    final MethodHandle getResponseCode;
    final MethodHandle getResponseHeaders;
    final MethodHandle getResponseBody;
    final MethodHandle close;
    private final MethodHandle sendResponseHeaders;

    private JdkMethods(Class<?> type) {
        ServerType exchange = ServerType.of(type, API + "HttpExchange");
        ServerType context = exchange.neighbour(API + "HttpContext");
        isSecure = exchange.neighbour(API + "HttpsExchange").type().isAssignableFrom(type);
        getHttpContext = getter(exchange, "getHttpContext");
        getHandler = getter(context, "getHandler");
        getPath = getter(context, "getPath");
        getRequestMethod = getter(exchange, "getRequestMethod");
        getRequestUri = getter(exchange, "getRequestURI");
        getRequestHeaders = getter(exchange, "getRequestHeaders");
        getRemoteAddress = getter(exchange, "getRemoteAddress");
        getResponseCode = getter(exchange, "getResponseCode");
        getResponseHeaders = getter(exchange, "getResponseHeaders");
        getResponseBody = getter(exchange, "getResponseBody");
        close = getter(exchange, "close");
        sendResponseHeaders = exchange.method(
                "sendResponseHeaders",
                methodType(void.class, Object.class, int.class, long.class),
                int.class,
                long.class);
    }

    static JdkMethods of(Object exchange) {
        return HANDLES.get(exchange.getClass());
    }

    private static MethodHandle getter(ServerType type, String name) {
        return type.method(name, methodType(Object.class, Object.class));
    }

    /** @param length of the body; -1 if there is none, and that is the response's end */
    void sendResponseHeaders(Object exchange, int status, long length) {
        try {
            sendResponseHeaders.invokeExact(exchange, status, length);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }
}
