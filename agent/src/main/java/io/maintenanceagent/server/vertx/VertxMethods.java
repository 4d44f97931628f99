package io.maintenanceagent.server.vertx;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** How a request of Vert.x is asked. */
final class VertxMethods {

    private static final String HTTP = "io.vertx.core.http.";

    /** The one that tells when a response is over. */
    private static final String HTTP_1 = "io.vertx.core.http.impl.Http1xServerConnection";

    private static final ClassValue<VertxMethods> HANDLES = new ClassValue<VertxMethods>() {
        @Override
        protected VertxMethods computeValue(Class<?> type) {
            return new VertxMethods(ServerType.of(type, HTTP + "HttpServerRequest"));
        }
    };

    final MethodHandle response;
    final MethodHandle connection;
    final MethodHandle version;
    final MethodHandle headers;
    final MethodHandle uri;
    final MethodHandle remoteAddress;
    final MethodHandle addressHost;
    final MethodHandle isSsl;
    private final MethodHandle isEnded;
    private final MethodHandle resume;
    private final MethodHandle method;
    private final MethodHandle methodName;
    private final MethodHandle authority; // of Vert.x 4.4 and later; null before
    private final MethodHandle host;
    private final MethodHandle first;
    private final MethodHandle all;

    private VertxMethods(ServerType request) {
        response = getter(request, "response");
        connection = getter(request, "connection");
        version = getter(request, "version");
        headers = getter(request, "headers");
        uri = getter(request, "uri");
        remoteAddress = getter(request, "remoteAddress");
        addressHost = getter(request.neighbour("io.vertx.core.net.SocketAddress"), "host");
        isSsl = getter(request, "isSSL");
        isEnded = getter(request, "isEnded");
        resume = getter(request, "resume");
        boolean isVersion3 = has(request, "rawMethod"); // there, methods are an enum
        method = getter(request, isVersion3 ? "rawMethod" : "method");
        methodName = isVersion3 ? null : getter(request.neighbour(HTTP + "HttpMethod"), "name");
        boolean hasAuthority = has(request, "authority");
        authority = hasAuthority ? getter(request, "authority") : null;
        host = hasAuthority
                ? getter(request.neighbour("io.vertx.core.net.HostAndPort"), "host")
                : getter(request, "host");
        ServerType map = request.neighbour("io.vertx.core.MultiMap");
        first = map.method("get", methodType(String.class, Object.class, String.class), String.class);
        all = map.method("getAll", methodType(List.class, Object.class, String.class), String.class);
    }

    static VertxMethods of(Object request) {
        return HANDLES.get(request.getClass());
    }

    static boolean isHttp1(Object connection) {
        return connection.getClass().getName().equals(HTTP_1);
    }

    private static boolean has(ServerType type, String name) {
        try {
            type.type().getMethod(name);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static MethodHandle getter(ServerType type, String name) {
        return type.method(name, methodType(Object.class, Object.class));
    }

    String method(Object request) {
        Object value = UncheckedCall.get(method, request);
        return (String) (methodName == null ? value : UncheckedCall.get(methodName, value));
    }

    /** Lets the server read on, and drop what it reads, where the body is not read to its end. */
    void resume(Object request) {
        if (!(Boolean) UncheckedCall.get(isEnded, request)) {
            UncheckedCall.get(resume, request);
        }
    }

    /** The host of the header or of HTTP/2, perhaps with a port; {@code null} if there is none. */
    String host(Object request) {
        if (authority == null) {
            return (String) UncheckedCall.get(host, request);
        }
        Object value = UncheckedCall.get(authority, request);
        return value == null
                ? header(UncheckedCall.get(headers, request), "Host")
                : (String) UncheckedCall.get(host, value);
    }

    String header(Object map, String name) {
        try {
            return (String) first.invokeExact(map, name);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @SuppressWarnings("unchecked")
    List<String> headers(Object map, String name) {
        try {
            return (List<String>) (List<?>) all.invokeExact(map, name);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }
}
