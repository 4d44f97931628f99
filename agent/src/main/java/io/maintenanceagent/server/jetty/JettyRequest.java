package io.maintenanceagent.server.jetty;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ConnectionAddress;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import io.maintenanceagent.server.UnmappedRequest;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** A request of Jetty 12 as its core knows it. */
final class JettyRequest extends UnmappedRequest {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServerType.of(type, "org.eclipse.jetty.server.Request"));
        }
    };

    private final Object request;
    private final Handles handles;
    private final boolean isContext;
    private final boolean isServed;

    /**
     * @param request Jetty's
     * @param isContext whether its path is an application's root, but for the slash
     * @param isServed whether it may be answered otherwise than with a 404
     */
    JettyRequest(Object request, boolean isContext, boolean isServed) {
        this.request = request;
        this.handles = HANDLES.get(request.getClass());
        this.isContext = isContext;
        this.isServed = isServed;
    }

    boolean mayWait() {
        return JettyThreads.mayWait(request);
    }

    int serverThreads() {
        return JettyThreads.of(request);
    }

    @Override
    public String method() {
        return text(get(handles.getMethod, request));
    }

    @Override
    public String contextPath() {
        String path = isContext ? canonicalPath() : text(get(handles.getContextPath, request));
        return path.equals("/") ? "" : path;
    }

    /** The path that Jetty routes by. */
    private String canonicalPath() {
        return text(get(handles.getCanonicalPath, get(handles.getHttpUri, request)));
    }

    @Override
    public boolean isUnmapped() {
        return !isServed && super.isUnmapped();
    }

    @Override
    public String host() {
        return text(get(handles.getServerName, request));
    }

    @Override
    public String header(String name) {
        try {
            return (String) handles.header.invokeExact(get(handles.getHeaders, request), name);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<String> headers(String name) {
        try {
            return (List<String>) (List<?>) handles.headers.invokeExact(get(handles.getHeaders, request), name);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    protected String target() {
        return text(get(handles.getPath, get(handles.getHttpUri, request)));
    }

    @Override
    public String query() {
        return (String) get(handles.getQuery, get(handles.getHttpUri, request));
    }

    @Override
    public String remoteAddress() {
        return text(ConnectionAddress.of(request));
    }

    @Override
    public boolean isSecure() {
        return (Boolean) get(handles.isSecure, request);
    }

    /** Whether the client sends a body over HTTP/1, where the next request waits behind it. */
    boolean hasBodyOnHttp1() {
        if (!text(get(handles.getProtocol, get(handles.getConnection, request))).startsWith("HTTP/1")) {
            return false;
        }
        String length = header("Content-Length");
        return length != null && !length.equals("0") || header("Transfer-Encoding") != null;
    }

    /** Whether its body may not have come with its head: of ten thousand bytes and more, or of unknown length. */
    boolean hasLargeBody() {
        String length = header("Content-Length");
        return length == null || length.length() > 4;
    }

    private static String text(Object value) {
        return value == null ? "" : (String) value;
    }

    private static final class Handles {
        final MethodHandle getMethod;
        final MethodHandle getContextPath;
        final MethodHandle getServerName;
        final MethodHandle isSecure;
        final MethodHandle getHttpUri;
        final MethodHandle getPath;
        final MethodHandle getCanonicalPath;
        final MethodHandle getQuery;
        final MethodHandle getHeaders;
        final MethodHandle header;
        final MethodHandle headers;
        final MethodHandle getConnection;
        final MethodHandle getProtocol;

        Handles(ServerType request) {
            getMethod = getter(request, "getMethod");
            getContextPath = request.method("getContextPath", methodType(Object.class, Object.class), request.type());
            getServerName = request.method("getServerName", methodType(Object.class, Object.class), request.type());
            isSecure = getter(request, "isSecure");
            ServerType uri = request.neighbour("org.eclipse.jetty.http.HttpURI");
            getHttpUri = getter(request, "getHttpURI");
            getPath = getter(uri, "getPath");
            getCanonicalPath = getter(uri, "getCanonicalPath");
            getQuery = getter(uri, "getQuery");
            ServerType fields = request.neighbour("org.eclipse.jetty.http.HttpFields");
            getHeaders = getter(request, "getHeaders");
            header = fields.method("get", methodType(String.class, Object.class, String.class), String.class);
            headers = fields.method("getValuesList", methodType(List.class, Object.class, String.class), String.class);
            getConnection = getter(request, "getConnectionMetaData");
            getProtocol = getter(request.neighbour("org.eclipse.jetty.server.ConnectionMetaData"), "getProtocol");
        }

        private static MethodHandle getter(ServerType type, String name) {
            return type.method(name, methodType(Object.class, Object.class));
        }
    }
}
