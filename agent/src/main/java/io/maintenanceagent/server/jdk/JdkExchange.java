package io.maintenanceagent.server.jdk;

import static io.maintenanceagent.server.UncheckedCall.get;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.KeptHeaders;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.LingeringClose;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.UnmappedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * An exchange of {@code com.sun.net.httpserver}. Where the server is the JDK's own it lasts until it is closed, by
 * whatever thread; that of another provider until its handler returns.
 */
final class JdkExchange extends UnmappedRequest implements Exchange, ResponseSink {

    private static final String OWN = "sun.net.httpserver.";

    /** Metrics for monitoring, which maintenance is not to be taken for an outage by. */
    private static final String[] EXPORTERS = {"io.prometheus.", "org.jolokia."};

    /** How much of an unread body the JDK reads before it closes the connection ({@code sun.net.httpserver}). */
    private static final int DRAINED = 64 * 1024;

    /** The thread that also accepts, and runs the handlers where the application has set no executor. */
    private static final String DISPATCHER = "HTTP-Dispatcher";

    private final Object exchange;
    private final JdkMethods handles;

    private JdkExchange(Object exchange, JdkMethods handles) {
        this.exchange = exchange;
        this.handles = handles;
    }

    /** {@code null} if it is answered already, or tells metrics. */
    static Exchange of(Object exchange) {
        JdkExchange read = new JdkExchange(exchange, JdkMethods.of(exchange));
        return read.isCommitted() || read.isExporter() ? null : read;
    }

    private boolean isExporter() {
        Object handler = get(handles.getHandler, get(handles.getHttpContext, exchange));
        if (handler != null) {
            for (String exporter : EXPORTERS) {
                if (handler.getClass().getName().startsWith(exporter)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return RequestSnapshot.copy(this);
    }

    @Override
    public Object identity() {
        return get(handles.getResponseHeaders, exchange);
    }

    @Override
    public Object completion() {
        return exchange.getClass().getName().startsWith(OWN) ? identity() : null;
    }

    @Override
    public boolean mayWait() {
        return !isOnDispatcher();
    }

    private static boolean isOnDispatcher() {
        return Thread.currentThread().getName().startsWith(DISPATCHER);
    }

    /** {@inheritDoc} A login of this server's ({@code Authenticator}) knows no roles. */
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
        return (String) get(handles.getRequestMethod, exchange);
    }

    /** {@inheritDoc} There is a handler, which may serve anything. */
    @Override
    public boolean isUnmapped() {
        return false;
    }

    /** {@inheritDoc} The path of the server's context, unless the request's goes on within a segment. */
    @Override
    public String contextPath() {
        String context = (String) get(handles.getPath, get(handles.getHttpContext, exchange));
        String prefix = context.endsWith("/") ? context.substring(0, context.length() - 1) : context;
        String path = path();
        return path.equals(prefix) || path.startsWith(prefix + "/") ? prefix : "";
    }

    /** {@inheritDoc} Of an absolute target, which overrides the header (RFC 9112, section 3.2.2), or of the header. */
    @Override
    public String host() {
        String authority = uri().getRawAuthority();
        String host = authority == null ? header("Host") : authority.substring(authority.lastIndexOf('@') + 1);
        return host == null ? "" : withoutPort(host);
    }

    private static String withoutPort(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return end > 0 ? host.substring(0, end) : host;
    }

    @Override
    public String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = map(handles.getRequestHeaders).get(name);
        return values == null ? Collections.<String>emptyList() : values;
    }

    @Override
    protected String target() {
        String path = uri().getRawPath();
        return path == null ? "" : path;
    }

    @Override
    public String query() {
        return uri().getRawQuery();
    }

    private URI uri() {
        return (URI) get(handles.getRequestUri, exchange);
    }

    @Override
    public String remoteAddress() {
        InetSocketAddress address = (InetSocketAddress) get(handles.getRemoteAddress, exchange);
        return address == null || address.getAddress() == null
                ? ""
                : address.getAddress().getHostAddress();
    }

    @Override
    public boolean isSecure() {
        return handles.isSecure;
    }

    @Override
    public boolean isCommitted() {
        return (Integer) get(handles.getResponseCode, exchange) >= 0;
    }

    @Override
    public void setHeader(String name, String value) {
        List<String> values = new ArrayList<String>(1);
        values.add(value);
        map(handles.getResponseHeaders).put(name, values);
    }

    @Override
    public void reset() {
        map(handles.getResponseHeaders).clear();
    }

    @Override
    public void send(RequestView request, RenderedResponse reply) throws IOException {
        Map<String, List<String>> response = map(handles.getResponseHeaders);
        List<String> headers = KeptHeaders.with(headers(response), reply.headers());
        response.clear();
        for (int i = 0; i < headers.size(); i += 2) {
            if (KeptHeaders.isFirst(headers, i)) {
                setHeader(headers.get(i), headers.get(i + 1));
            } else {
                response.get(headers.get(i)).add(headers.get(i + 1));
            }
        }
        boolean closes = hasLargeBody();
        if (closes) {
            setHeader("Connection", "close"); // as the JDK does then, without a word
        }
        byte[] body = reply.body();
        if (body != null) {
            setHeader("Content-Type", reply.contentType());
        }
        if (body == null || method().equals("HEAD")) {
            if (body != null) {
                setHeader("Content-Length", Integer.toString(body.length));
            }
            handles.sendResponseHeaders(exchange, reply.status(), -1); // is the end
            return;
        }
        try {
            handles.sendResponseHeaders(exchange, reply.status(), body.length);
            OutputStream out = (OutputStream) get(handles.getResponseBody, exchange);
            out.write(body);
            out.flush();
            if (closes && !isOnDispatcher()) {
                LingeringClose.SHARED.linger();
            }
        } finally {
            get(handles.close, exchange);
        }
    }

    private boolean hasLargeBody() {
        if (header("Transfer-Encoding") != null) {
            return true;
        }
        String length = header("Content-Length");
        return length != null && length.length() > 4 && (length.length() > 9 || Integer.parseInt(length) > DRAINED);
    }

    @SuppressWarnings("unchecked")
    private Map<String, List<String>> map(MethodHandle headers) {
        return (Map<String, List<String>>) get(headers, exchange);
    }

    /** Names and values in turn. */
    private static List<String> headers(Map<String, List<String>> response) {
        List<String> all = new ArrayList<String>();
        for (Map.Entry<String, List<String>> header : response.entrySet()) {
            for (String value : header.getValue()) {
                all.add(header.getKey());
                all.add(value);
            }
        }
        return all;
    }
}
