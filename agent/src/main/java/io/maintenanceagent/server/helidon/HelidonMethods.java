package io.maintenanceagent.server.helidon;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a request of Helidon 4.0 and later is asked, and its response answered. */
final class HelidonMethods {

    private static final String CONNECTION = "io.helidon.webserver.ConnectionContext";
    static final String REQUEST = "io.helidon.webserver.http.RoutingRequest";

    private static final ClassValue<HelidonMethods> BY_TYPE = new ClassValue<HelidonMethods>() {
        @Override
        protected HelidonMethods computeValue(Class<?> type) {
            return new HelidonMethods(ServerType.of(type, REQUEST));
        }
    };

    private static final ClassValue<HelidonMethods> BY_CONNECTION = new ClassValue<HelidonMethods>() {
        @Override
        protected HelidonMethods computeValue(Class<?> type) {
            return new HelidonMethods(ServerType.of(type, CONNECTION).neighbour(REQUEST));
        }
    };

    final MethodHandle getPrologue;
    final MethodHandle getMethod;
    final MethodHandle methodText;
    final MethodHandle getUriPath;
    final MethodHandle getPath;
    final MethodHandle getRawPath;
    final MethodHandle getQuery;
    final MethodHandle getRawQuery;
    final MethodHandle getAuthority;
    final MethodHandle getRequestHeaders;
    final MethodHandle getRemotePeer;
    final MethodHandle getAddress;
    final MethodHandle isSecure;
    final MethodHandle getConnectionPeer;
    final MethodHandle isConnectionSecure;
    final MethodHandle isSent;
    final MethodHandle reset;
    final MethodHandle getResponseHeaders;
    private final MethodHandle nameOf;
    private final MethodHandle contains;
    private final MethodHandle getHeader;
    private final MethodHandle headerName;
    private final MethodHandle headerValues;
    private final MethodHandle newHeader;
    private final MethodHandle set;
    private final MethodHandle add;
    private final MethodHandle newStatus;
    private final MethodHandle setStatus;
    private final MethodHandle send;

    private HelidonMethods(ServerType request) {
        ServerType prologue = request.neighbour("io.helidon.http.HttpPrologue");
        getPrologue = getter(request, "prologue");
        getMethod = getter(prologue, "method");
        methodText = getter(request.neighbour("io.helidon.http.Method"), "text");
        getUriPath = getter(prologue, "uriPath");
        getQuery = getter(prologue, "query");
        ServerType path = request.neighbour("io.helidon.common.uri.UriPath");
        getPath = getter(path, "path");
        getRawPath = getter(path, "rawPath");
        getRawQuery = getter(request.neighbour("io.helidon.common.uri.UriQuery"), "rawValue");
        getAuthority = getter(request, "authority");
        getRequestHeaders = getter(request, "headers");
        getRemotePeer = getter(request, "remotePeer");
        getAddress = getter(request.neighbour("io.helidon.common.socket.PeerInfo"), "address");
        isSecure = getter(request, "isSecure");
        ServerType connection = request.neighbour(CONNECTION);
        getConnectionPeer = getter(connection, "remotePeer");
        isConnectionSecure = getter(connection, "isSecure");
        ServerType headers = request.neighbour("io.helidon.http.Headers");
        ServerType name = request.neighbour("io.helidon.http.HeaderName");
        ServerType header = request.neighbour("io.helidon.http.Header");
        nameOf = request.neighbour("io.helidon.http.HeaderNames")
                .method("create", methodType(Object.class, String.class), String.class);
        contains = headers.method("contains", methodType(boolean.class, Object.class, Object.class), name.type());
        getHeader = headers.method("get", methodType(Object.class, Object.class, Object.class), name.type());
        headerName = getter(header, "name");
        headerValues = getter(header, "allValues");
        newHeader = request.neighbour("io.helidon.http.HeaderValues")
                .method("create", methodType(Object.class, String.class, String.class), String.class, String.class);
        ServerType writable = request.neighbour("io.helidon.http.WritableHeaders");
        set = writable.method("set", methodType(void.class, Object.class, Object.class), header.type());
        add = writable.method("add", methodType(void.class, Object.class, Object.class), header.type());
        ServerType response = request.neighbour("io.helidon.webserver.http.RoutingResponse");
        isSent = getter(response, "isSent");
        reset = getter(response, "reset");
        getResponseHeaders = getter(response, "headers");
        ServerType status = request.neighbour("io.helidon.http.Status");
        newStatus = status.method("create", methodType(Object.class, int.class), int.class);
        setStatus = response.method("status", methodType(void.class, Object.class, Object.class), status.type());
        send = response.method("send", methodType(void.class, Object.class, byte[].class), byte[].class);
    }

    static HelidonMethods of(Object request) {
        return BY_TYPE.get(request.getClass());
    }

    /** The same of what is known of a connection. */
    static HelidonMethods ofConnection(Object connection) {
        return BY_CONNECTION.get(connection.getClass());
    }

    private static MethodHandle getter(ServerType type, String name) {
        return type.method(name, methodType(Object.class, Object.class));
    }

    /** The values of a header; none if it is not there. */
    @SuppressWarnings("unchecked")
    List<String> values(Object headers, String name) {
        try {
            Object key = (Object) nameOf.invokeExact(name);
            return (boolean) contains.invokeExact(headers, key)
                    ? (List<String>) get(headerValues, (Object) getHeader.invokeExact(headers, key))
                    : Collections.<String>emptyList();
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** Names and values in turn. */
    List<String> all(Object headers) {
        List<String> all = new ArrayList<String>();
        for (Object header : (Iterable<?>) headers) {
            for (Object value : (List<?>) get(headerValues, header)) {
                all.add((String) get(headerName, header));
                all.add((String) value);
            }
        }
        return all;
    }

    void set(Object headers, String name, String value) {
        try {
            set.invokeExact(headers, (Object) newHeader.invokeExact(name, value));
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    void add(Object headers, String name, String value) {
        try {
            add.invokeExact(headers, (Object) newHeader.invokeExact(name, value));
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    void setStatus(Object response, int status) {
        try {
            setStatus.invokeExact(response, (Object) newStatus.invokeExact(status));
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    void send(Object response, byte[] body) {
        try {
            send.invokeExact(response, body);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }
}
