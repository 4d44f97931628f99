package io.maintenanceagent.server.undertow;

import static io.maintenanceagent.server.UncheckedCall.get;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.KeptHeaders;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.ConnectionAddress;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.SuspendableExchange;
import io.maintenanceagent.server.UnmappedRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Undertow, where an exchange comes to no application, or to no servlet of one. */
final class UndertowCoreExchange extends UnmappedRequest implements SuspendableExchange, ResponseSink {

    /** What is answered with a file; anything else at once. */
    private static final List<String> FILE_METHODS = Arrays.asList("GET", "HEAD", "POST");

    private final Object exchange;
    private final UndertowMethods handles;
    private final boolean isServed;
    private final boolean mayForward;
    private final Object rootHandler; // null further in

    private UndertowCoreExchange(Object exchange, boolean isServed, boolean mayForward) {
        this(exchange, isServed, mayForward, null);
    }

    private UndertowCoreExchange(Object exchange, boolean isServed, boolean mayForward, Object rootHandler) {
        this.exchange = exchange;
        this.handles = UndertowMethods.of(exchange);
        this.isServed = isServed;
        this.mayForward = mayForward;
        this.rootHandler = rootHandler;
    }

    /** Before any handler. */
    static Exchange root(Object handler, Object exchange) {
        return new UndertowCoreExchange(exchange, true, false, handler).orNull();
    }

    /** Nothing is there, or nothing that says more than a status. */
    static Exchange unserved(Object exchange) {
        return new UndertowCoreExchange(exchange, false, false).orNull();
    }

    /** It is sent on elsewhere. */
    static Exchange redirected(Object exchange) {
        return new UndertowCoreExchange(exchange, true, false).orNull();
    }

    /** It may be a file, or be left to the next handler. */
    static Exchange atResources(Object exchange) {
        return new UndertowCoreExchange(exchange, true, true).orNull();
    }

    /** {@inheritDoc} Files are looked for where a thread may wait for them. */
    @Override
    public boolean isDispatchedAgain() {
        return mayForward && (Boolean) get(handles.isInIoThread, exchange) && FILE_METHODS.contains(method());
    }

    /**
     * {@code null} unless an application has answered with a status alone, as it keeps {@code WEB-INF} from clients.
     */
    static Exchange atEnd(Object exchange) {
        UndertowMethods handles = UndertowMethods.of(exchange);
        int status = (Integer) get(handles.getStatusCode, exchange);
        return status < 300 ? null : new UndertowCoreExchange(exchange, status < 400, false).orNull();
    }

    /** {@code null} unless it is one that WildFly answers for all of its applications: a TRACE, and OPTIONS *. */
    static Exchange ofServer(Object exchange) {
        UndertowCoreExchange serverExchange = new UndertowCoreExchange(exchange, true, false);
        String method = serverExchange.method();
        return method.equals("TRACE")
                        || method.equals("OPTIONS") && serverExchange.target().equals("*")
                ? serverExchange.orNull()
                : null;
    }

    /** {@code null} if it is answered already, or comes to WildFly's management, which is no application. */
    private Exchange orNull() {
        return isCommitted() || handles.isManagement(exchange) ? null : this;
    }

    @Override
    public Object identity() {
        return exchange;
    }

    @Override
    public Object completion() {
        return rootHandler == null ? null : exchange;
    }

    /** {@inheritDoc} Further in, handlers before have perhaps begun with it. */
    @Override
    public boolean maySuspend() {
        return rootHandler != null;
    }

    @Override
    public Runnable suspend(Runnable gone) {
        return UndertowSuspension.undispatched(rootHandler, exchange, gone);
    }

    @Override
    public boolean mayWait() {
        return !(Boolean) get(handles.isInIoThread, exchange);
    }

    @Override
    public int serverThreads() {
        return UndertowMethods.threads(exchange);
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
    public boolean mayForward() {
        return mayForward;
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
        return String.valueOf(get(handles.getRequestMethod, exchange));
    }

    @Override
    public boolean isUnmapped() {
        return !isServed && super.isUnmapped();
    }

    /** {@inheritDoc} As far as a handler of paths has found one. */
    @Override
    public String contextPath() {
        String path = text(get(handles.getResolvedPath, exchange));
        return path.equals("/") ? "" : path;
    }

    @Override
    public String host() {
        return text(get(handles.getHostName, exchange));
    }

    @Override
    public String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<String> headers(String name) {
        Object values = handles.values(get(handles.getRequestHeaders, exchange), name);
        return values == null ? Collections.<String>emptyList() : (List<String>) values;
    }

    /** {@inheritDoc} The decoded path of an absolute target, which has the host in it (RFC 9112, section 3.2.2). */
    @Override
    protected String target() {
        String uri = text(get(handles.getRequestUri, exchange));
        return uri.startsWith("/") ? uri : text(get(handles.getRequestPath, exchange));
    }

    @Override
    public String query() {
        String query = text(get(handles.getQueryString, exchange));
        return query.isEmpty() ? null : query;
    }

    @Override
    public String remoteAddress() {
        return text(ConnectionAddress.of(exchange));
    }

    @Override
    public boolean isSecure() {
        return "https".equals(get(handles.getRequestScheme, exchange));
    }

    @Override
    public boolean isCommitted() {
        return (Boolean) get(handles.isResponseStarted, exchange);
    }

    @Override
    public void setHeader(String name, String value) {
        handles.putHeader(get(handles.getResponseHeaders, exchange), name, value);
    }

    @Override
    public void reset() {
        get(handles.clear, get(handles.getResponseHeaders, exchange));
    }

    /** {@inheritDoc} Undertow itself leaves the body out where the request was HEAD. */
    @Override
    public void send(RequestView request, RenderedResponse reply) {
        List<String> headers = KeptHeaders.with(responseHeaders(), reply.headers());
        reset();
        handles.setStatus(exchange, reply.status());
        for (int i = 0; i < headers.size(); i += 2) {
            handles.addHeader(get(handles.getResponseHeaders, exchange), headers.get(i), headers.get(i + 1));
        }
        byte[] body = reply.body();
        if (body != null) {
            setHeader("Content-Type", reply.contentType());
            setHeader("Content-Length", Integer.toString(body.length));
            // Ends the exchange when it is sent.
            handles.send(get(handles.getResponseSender, exchange), ByteBuffer.wrap(body));
        } else {
            get(handles.endExchange, exchange);
        }
    }

    /** Names and values in turn of what is in the response. */
    private List<String> responseHeaders() {
        List<String> all = new ArrayList<String>();
        Object headers = get(handles.getResponseHeaders, exchange);
        for (Object name : (Collection<?>) get(handles.getHeaderNames, headers)) {
            for (Object value : (Collection<?>) handles.values(headers, name.toString())) {
                all.add(name.toString());
                all.add((String) value);
            }
        }
        return all;
    }

    private static String text(Object value) {
        return value == null ? "" : (String) value;
    }
}
