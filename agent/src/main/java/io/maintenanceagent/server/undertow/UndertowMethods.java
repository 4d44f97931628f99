package io.maintenanceagent.server.undertow;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.GetterPath;
import io.maintenanceagent.server.ServerThreads;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/** How Undertow's exchange is asked, and answered. */
final class UndertowMethods {

    private static final ClassValue<UndertowMethods> HANDLES = new ClassValue<UndertowMethods>() {
        @Override
        protected UndertowMethods computeValue(Class<?> type) {
            return new UndertowMethods(ServerType.of(type, "io.undertow.server.HttpServerExchange"));
        }
    };

    private static final GetterPath THREADS =
            new GetterPath("getConnection", "getWorker", "getMXBean", "getMaxWorkerPoolSize");

    final MethodHandle getRequestMethod;
    final MethodHandle getHostName;
    final MethodHandle getRequestUri;
    final MethodHandle getRequestPath;
    final MethodHandle getResolvedPath;
    final MethodHandle getQueryString;
    final MethodHandle getRequestScheme;
    final MethodHandle getRequestHeaders;
    private final MethodHandle getHeader;
    final MethodHandle getStatusCode;
    final MethodHandle isInIoThread;
    final MethodHandle isResponseStarted;
    final MethodHandle getResponseHeaders;
    final MethodHandle clear;
    final MethodHandle getResponseSender;
    final MethodHandle endExchange;
    private final MethodHandle getConnection;
    /** Of HTTP/1: closed where the client has gone within a body, though what is written may not have failed yet. */
    private static final GetterPath IS_SOURCE_OPEN = new GetterPath("getChannel", "getSourceChannel", "isOpen");

    private final MethodHandle isOpen;
    private final MethodHandle getWorker;
    private final MethodHandle getName;
    private final MethodHandle newName;
    private final MethodHandle put;
    private final MethodHandle add;
    final MethodHandle getHeaderNames;
    private final MethodHandle setStatusCode;
    private final MethodHandle send;

    private UndertowMethods(ServerType exchange) {
        getRequestMethod = getter(exchange, "getRequestMethod");
        getHostName = getter(exchange, "getHostName");
        getRequestUri = getter(exchange, "getRequestURI");
        getRequestPath = getter(exchange, "getRequestPath");
        getResolvedPath = getter(exchange, "getResolvedPath");
        getQueryString = getter(exchange, "getQueryString");
        getRequestScheme = getter(exchange, "getRequestScheme");
        getRequestHeaders = getter(exchange, "getRequestHeaders");
        getStatusCode = getter(exchange, "getStatusCode");
        isInIoThread = getter(exchange, "isInIoThread");
        isResponseStarted = getter(exchange, "isResponseStarted");
        getResponseHeaders = getter(exchange, "getResponseHeaders");
        getResponseSender = getter(exchange, "getResponseSender");
        endExchange = getter(exchange, "endExchange");
        getConnection = getter(exchange, "getConnection");
        ServerType connection = exchange.neighbour("io.undertow.server.ServerConnection");
        isOpen = getter(connection, "isOpen");
        getWorker = getter(connection, "getWorker");
        getName = getter(exchange.neighbour("org.xnio.XnioWorker"), "getName");
        ServerType headers = exchange.neighbour("io.undertow.util.HeaderMap");
        ServerType name = exchange.neighbour("io.undertow.util.HttpString");
        getHeader = headers.method("get", methodType(Object.class, Object.class, Object.class), String.class);
        clear = getter(headers, "clear");
        put = headers.method(
                "put", methodType(void.class, Object.class, Object.class, String.class), name.type(), String.class);
        add = headers.method(
                "add", methodType(void.class, Object.class, Object.class, String.class), name.type(), String.class);
        getHeaderNames = getter(headers, "getHeaderNames");
        newName = name.method("tryFromString", methodType(Object.class, String.class), String.class);
        setStatusCode = exchange.method("setStatusCode", methodType(void.class, Object.class, int.class), int.class);
        send = exchange.neighbour("io.undertow.io.Sender")
                .method("send", methodType(void.class, Object.class, ByteBuffer.class), ByteBuffer.class);
    }

    static UndertowMethods of(Object exchange) {
        return HANDLES.get(exchange.getClass());
    }

    private static MethodHandle getter(ServerType type, String name) {
        return type.method(name, methodType(Object.class, Object.class));
    }

    /** All values of a header, as a list; {@code null} if there is none. */
    Object values(Object headers, Object name) {
        try {
            return (Object) getHeader.invokeExact(headers, name);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** Whether it is served by the threads that WildFly keeps for its management interface. */
    boolean isManagement(Object exchange) {
        return "management".equals(get(getName, get(getWorker, get(getConnection, exchange))));
    }

    static boolean isInIoThread(Object exchange) {
        return (Boolean) get(of(exchange).isInIoThread, exchange);
    }

    /** How many threads there are at the most for what may block. */
    static int threads(Object exchange) {
        return ServerThreads.of(THREADS.from(exchange));
    }

    /** Whether its connection is not closed yet. */
    /** Whether something may still come from its connection; a part that cannot be asked counts as open. */
    boolean isOpen(Object exchange) {
        Object connection = get(getConnection, exchange);
        return (Boolean) get(isOpen, connection) && !Boolean.FALSE.equals(IS_SOURCE_OPEN.from(connection));
    }

    void putHeader(Object headers, String name, String value) {
        try {
            put.invokeExact(headers, (Object) newName.invokeExact(name), value);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    void addHeader(Object headers, String name, String value) {
        try {
            add.invokeExact(headers, (Object) newName.invokeExact(name), value);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    void setStatus(Object exchange, int status) {
        try {
            setStatusCode.invokeExact(exchange, status);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    void send(Object sender, ByteBuffer body) {
        try {
            send.invokeExact(sender, body);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }
}
