package io.maintenanceagent.server.liberty;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.ConnectionAddress;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import io.maintenanceagent.server.UnmappedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;

/** Open Liberty, where a request comes to no application: below the web container, and the same for both namespaces. */
final class LibertyCoreExchange extends UnmappedRequest implements Exchange, ResponseSink {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServerType.of(type, "com.ibm.wsspi.http.HttpInboundConnection"));
        }
    };

    private final Object connection;
    private final Handles handles;
    private final Object request;
    private final Object response;

    private LibertyCoreExchange(Object connection, Handles handles) {
        this.connection = connection;
        this.handles = handles;
        this.request = get(handles.getRequest, connection);
        this.response = get(handles.getResponse, connection);
    }

    static Exchange of(Object connection) {
        LibertyCoreExchange exchange = new LibertyCoreExchange(connection, HANDLES.get(connection.getClass()));
        return exchange.isCommitted() ? null : exchange;
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return RequestSnapshot.copy(this);
    }

    @Override
    public boolean mayAuthenticate() {
        return false;
    }

    @Override
    public RequestView request() {
        return this;
    }

    @Override
    public ResponseSink response() {
        return this;
    }

    @Override
    public String method() {
        return text(get(handles.getMethod, request));
    }

    @Override
    public String host() {
        return text(get(handles.getRequestedHost, connection));
    }

    @Override
    public String header(String name) {
        try {
            return (String) handles.getHeader.invokeExact(request, name);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<String> headers(String name) {
        try {
            return (List<String>) (List<?>) handles.getHeaders.invokeExact(request, name);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    protected String target() {
        return text(get(handles.getUri, request));
    }

    @Override
    public String query() {
        return (String) get(handles.getQuery, request);
    }

    @Override
    public String remoteAddress() {
        String own = ConnectionAddress.of(connection);
        return own == null ? text(get(handles.getRemoteAddress, connection)) : own;
    }

    @Override
    public boolean isSecure() {
        return "https".equals(get(handles.getScheme, request));
    }

    @Override
    public boolean isCommitted() {
        return (Boolean) get(handles.isCommitted, response);
    }

    @Override
    public void setHeader(String name, String value) {
        try {
            handles.setHeader.invokeExact(response, name, value);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public void reset() {
        get(handles.getBody, response); // makes it, which the reset does not
        get(handles.reset, response);
    }

    /** {@inheritDoc} Liberty itself leaves the body out where the request was HEAD. */
    @Override
    public void send(RequestView view, RenderedResponse reply) throws IOException {
        begin(reply.status(), reply.headers());
        byte[] body = reply.body();
        if (body != null) {
            setHeader("Content-Type", reply.contentType());
            setHeader("Content-Length", Integer.toString(body.length));
            ((OutputStream) get(handles.getBody, response)).write(body);
        }
        finish();
    }

    private void begin(int status, String[] headers) {
        reset();
        try {
            handles.setStatus.invokeExact(response, status);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
        for (int i = 0; i < headers.length; i += 2) {
            setHeader(headers[i], headers[i + 1]);
        }
        setHeader("Connection", "close"); // as Liberty does there
    }

    private void finish() {
        try {
            handles.finish.invokeExact(connection, (Exception) null);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private static String text(Object value) {
        return value == null ? "" : (String) value;
    }

    private static final class Handles {
        final MethodHandle getRequest;
        final MethodHandle getResponse;
        final MethodHandle getRequestedHost;
        final MethodHandle getRemoteAddress;
        final MethodHandle finish;
        final MethodHandle getMethod;
        final MethodHandle getUri;
        final MethodHandle getQuery;
        final MethodHandle getScheme;
        final MethodHandle getHeader;
        final MethodHandle getHeaders;
        final MethodHandle isCommitted;
        final MethodHandle reset;
        final MethodHandle setStatus;
        final MethodHandle setHeader;
        final MethodHandle getBody;

        Handles(ServerType connection) {
            getRequest = getter(connection, "getRequest");
            getResponse = getter(connection, "getResponse");
            getRequestedHost = getter(connection, "getRequestedHost");
            getRemoteAddress = getter(connection, "getRemoteHostAddress");
            finish =
                    connection.method("finish", methodType(void.class, Object.class, Exception.class), Exception.class);
            ServerType request = connection.neighbour("com.ibm.wsspi.http.HttpRequest");
            getMethod = getter(request, "getMethod");
            getUri = getter(request, "getURI");
            getQuery = getter(request, "getQuery");
            getScheme = getter(request, "getScheme");
            MethodType header = methodType(String.class, Object.class, String.class);
            getHeader = request.method("getHeader", header, String.class);
            getHeaders = request.method("getHeaders", header.changeReturnType(List.class), String.class);
            ServerType response = connection.neighbour("com.ibm.wsspi.http.HttpResponse");
            isCommitted = getter(response, "isCommitted");
            reset = getter(response, "reset");
            setStatus = response.method("setStatus", methodType(void.class, Object.class, int.class), int.class);
            setHeader = response.method(
                    "setHeader",
                    methodType(void.class, Object.class, String.class, String.class),
                    String.class,
                    String.class);
            getBody = getter(response, "getBody");
        }

        private static MethodHandle getter(ServerType type, String name) {
            return type.method(name, methodType(Object.class, Object.class));
        }
    }
}
