package io.maintenanceagent.server.webflux;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;

/** What is asked of Spring's requests, 5.0 and later. */
final class WebFluxMethods {

    private static final ClassValue<WebFluxMethods> BY_TYPE = new ClassValue<WebFluxMethods>() {
        @Override
        protected WebFluxMethods computeValue(Class<?> type) {
            return new WebFluxMethods(type);
        }
    };

    /** Reactor Netty 1.1 and later. */
    private static final ClassValue<MethodHandle> CONNECTION_ADDRESS = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            try {
                return getter(
                        ServerType.of(type, "reactor.netty.http.server.ConnectionInformation"),
                        "connectionRemoteAddress");
            } catch (IllegalStateException other) {
                return null;
            }
        }
    };

    final MethodHandle getPath;
    final MethodHandle contextPath;
    final MethodHandle pathValue;
    final MethodHandle elements;
    final MethodHandle getUri;
    final MethodHandle getHeaders;
    private final Class<?> segment;
    private final MethodHandle valueToMatch;
    private final MethodHandle elementValue;
    private final MethodHandle getMethod;
    private final MethodHandle methodName; // null if the method is told as a text
    private final MethodHandle getHeader;
    private final MethodHandle getRemoteAddress;
    private final MethodHandle getNativeRequest; // null if it cannot be had

    private WebFluxMethods(Class<?> type) {
        ServerType request = ServerType.of(type, "org.springframework.http.server.reactive.ServerHttpRequest");
        ServerType path = request.neighbour("org.springframework.http.server.PathContainer");
        ServerType pathSegment = request.neighbour("org.springframework.http.server.PathContainer$PathSegment");
        getPath = getter(request, "getPath");
        contextPath = getter(request.neighbour("org.springframework.http.server.RequestPath"), "contextPath");
        pathValue = getter(path, "value");
        elements = getter(path, "elements");
        getUri = getter(request, "getURI");
        getHeaders = getter(request, "getHeaders");
        segment = pathSegment.type();
        valueToMatch = getter(pathSegment, "valueToMatch");
        elementValue = getter(request.neighbour("org.springframework.http.server.PathContainer$Element"), "value");
        MethodHandle text = getterOrNull(request, "getMethodValue"); // before Spring 7
        getMethod = text == null ? getter(request, "getMethod") : text;
        methodName = text == null ? getter(request.neighbour("org.springframework.http.HttpMethod"), "name") : null;
        getHeader = ofName(request.neighbour("org.springframework.http.HttpHeaders"));
        getRemoteAddress = getter(request, "getRemoteAddress");
        getNativeRequest = nativeRequest(type);
    }

    static WebFluxMethods of(Object request) {
        return BY_TYPE.get(request.getClass());
    }

    String method(Object request) {
        Object method = get(getMethod, request);
        return (String) (methodName == null ? method : get(methodName, method));
    }

    /** What a part of a path says to whoever looks for a handler: decoded, without parameters. */
    String match(Object element) {
        return (String) get(segment.isInstance(element) ? valueToMatch : elementValue, element);
    }

    /** The values of a header; {@code null} if there are none. */
    Object header(Object headers, String name) {
        try {
            return (Object) getHeader.invokeExact(headers, name);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** The server's own request; {@code null} if it cannot be had. */
    Object serverRequest(Object request) {
        return getNativeRequest == null ? null : get(getNativeRequest, request);
    }

    /** The address of the connection's other end, as far as the server tells it; or {@code null}. */
    Object remoteAddress(Object request) {
        Object server = serverRequest(request);
        MethodHandle connection = server == null ? null : CONNECTION_ADDRESS.get(server.getClass());
        return connection == null ? get(getRemoteAddress, request) : get(connection, server);
    }

    private static MethodHandle getter(ServerType type, String name) {
        return type.method(name, methodType(Object.class, Object.class));
    }

    private static MethodHandle getterOrNull(ServerType type, String name) {
        try {
            return getter(type, name);
        } catch (IllegalStateException absent) {
            return null;
        }
    }

    private static MethodHandle nativeRequest(Class<?> type) {
        try {
            return getter(
                    ServerType.of(type, "org.springframework.http.server.reactive.AbstractServerHttpRequest"),
                    "getNativeRequest");
        } catch (IllegalStateException decorated) {
            return null;
        }
    }

    /** Before Spring 7 headers are a map, whose keys are objects. */
    private static MethodHandle ofName(ServerType headers) {
        Class<?> self = Object.class;
        try {
            return headers.method("get", methodType(self, self, String.class), Object.class);
        } catch (IllegalStateException noMap) {
            return headers.method("get", methodType(self, self, String.class), String.class);
        }
    }
}
