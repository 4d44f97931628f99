package io.maintenanceagent.server.vertx;

import static io.maintenanceagent.server.UncheckedCall.get;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.UnmappedRequest;
import java.util.List;

/** A {@code HttpServerRequest} of Vert.x, before a router. It lasts until its response is over, on whatever thread. */
final class VertxExchange extends UnmappedRequest implements Exchange {

    private final Object request;
    private final VertxMethods methods;
    private final VertxResponse response;

    private VertxExchange(Object request) {
        this.request = request;
        this.methods = VertxMethods.of(request);
        this.response = new VertxResponse(request, get(methods.response, request));
    }

    /** {@code null} if it is answered already. */
    static Exchange of(Object request) {
        VertxExchange exchange = new VertxExchange(request);
        return exchange.response.isCommitted() ? null : exchange;
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return RequestSnapshot.copy(this);
    }

    /** {@inheritDoc} A login of Vert.x Web is a handler like any other, and knows no roles. */
    @Override
    public boolean mayAuthenticate() {
        return false;
    }

    /**
     * {@inheritDoc} A connection of HTTP/1.1 has one request at a time here. Requests and responses may be wrapped; the
     * connection, and the headers of a response, are the server's own.
     */
    @Override
    public Object identity() {
        Object connection = get(methods.connection, request);
        if (connection != null && VertxMethods.isHttp1(connection)) {
            return connection;
        }
        return isHttp2() ? response.headers() : null;
    }

    @Override
    public Object completion() {
        return identity();
    }

    private boolean isHttp2() {
        return "HTTP_2".equals(String.valueOf(get(methods.version, request)));
    }

    /** {@inheritDoc} It is an event loop. */
    @Override
    public boolean mayWait() {
        return false;
    }

    @Override
    public RequestView request() {
        return this;
    }

    @Override
    public ResponseSink response() {
        return response;
    }

    @Override
    public String method() {
        return methods.method(request);
    }

    /** {@inheritDoc} There is a router, which may serve anything. */
    @Override
    public boolean isUnmapped() {
        return false;
    }

    /** {@inheritDoc} Of an absolute target, which overrides the header (RFC 9112, section 3.2.2), or of the header. */
    @Override
    public String host() {
        String uri = uri();
        int authority = uri.startsWith("/") ? -1 : uri.indexOf("://");
        if (authority >= 0) {
            String host = uri.substring(authority + 3, pathOf(uri));
            return withoutPort(host.substring(host.lastIndexOf('@') + 1));
        }
        String host = methods.host(request);
        return host == null ? "" : withoutPort(host);
    }

    private static String withoutPort(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return end > 0 ? host.substring(0, end) : host;
    }

    @Override
    public String header(String name) {
        return methods.header(get(methods.headers, request), name);
    }

    @Override
    public List<String> headers(String name) {
        return methods.headers(get(methods.headers, request), name);
    }

    @Override
    protected String target() {
        String uri = uri();
        int query = uri.indexOf('?');
        String target = query < 0 ? uri : uri.substring(0, query);
        if (target.startsWith("/") || target.indexOf("://") < 0) {
            return target;
        }
        String path = target.substring(pathOf(target));
        return path.isEmpty() ? "/" : path;
    }

    /** Where the path, the query or nothing follows the authority of an absolute target. */
    private static int pathOf(String uri) {
        for (int i = uri.indexOf("://") + 3; i < uri.length(); i++) {
            if ("/?#".indexOf(uri.charAt(i)) >= 0) {
                return i;
            }
        }
        return uri.length();
    }

    @Override
    public String query() {
        String uri = uri();
        int query = uri.indexOf('?');
        return query < 0 ? null : uri.substring(query + 1);
    }

    private String uri() {
        String uri = (String) get(methods.uri, request);
        return uri == null ? "" : uri;
    }

    @Override
    public String remoteAddress() {
        Object address = get(methods.remoteAddress, request);
        String host = address == null ? null : (String) get(methods.addressHost, address);
        return host == null ? "" : host;
    }

    @Override
    public boolean isSecure() {
        return (Boolean) get(methods.isSsl, request);
    }
}
