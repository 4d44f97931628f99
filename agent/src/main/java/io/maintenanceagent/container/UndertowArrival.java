package io.maintenanceagent.container;

import static io.maintenanceagent.servlet.Unchecked.get;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.Reply;
import io.maintenanceagent.servlet.Answerable;
import io.maintenanceagent.servlet.RememberedRequest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/** Undertow, where an exchange comes to no application. */
final class UndertowArrival extends OutsideRequest implements Arrival, Answerable {

    private final Object exchange;
    private final UndertowHandles handles;

    private UndertowArrival(Object exchange) {
        this.exchange = exchange;
        this.handles = UndertowHandles.of(exchange);
    }

    static Arrival of(Object exchange) {
        UndertowArrival arrival = new UndertowArrival(exchange);
        return arrival.isCommitted() ? null : arrival;
    }

    @Override
    public RememberedRequest remembered() {
        return RememberedRequest.copy(this);
    }

    @Override
    public boolean mayLogIn() {
        return false;
    }

    @Override
    public RequestView request() {
        return this;
    }

    @Override
    public Answerable response() {
        return this;
    }

    @Override
    public String method() {
        return String.valueOf(get(handles.getRequestMethod, exchange));
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
        Object values = handles.get(handles.getHeader, get(handles.getRequestHeaders, exchange), name);
        return values == null ? Collections.<String>emptyList() : (List<String>) values;
    }

    /** {@inheritDoc} The decoded path of an absolute target, which has the host in it (RFC 9112, section 3.2.2). */
    @Override
    String target() {
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
        InetSocketAddress address = (InetSocketAddress) get(handles.getSourceAddress, exchange);
        return address == null || address.getAddress() == null ? "" : address.getAddress().getHostAddress();
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

    @Override
    public void send(int status, String... headers) {
        send(status, headers, null, new byte[0]);
    }

    /** {@inheritDoc} Undertow itself leaves the body out where the request was HEAD. */
    @Override
    public void send(RequestView request, Reply reply) {
        send(reply.status(), reply.headers(), reply.contentType(), reply.body());
    }

    private void send(int status, String[] headers, String contentType, byte[] body) {
        reset();
        handles.setStatus(exchange, status);
        for (int i = 0; i < headers.length; i += 2) {
            setHeader(headers[i], headers[i + 1]);
        }
        if (contentType != null) {
            setHeader("Content-Type", contentType);
        }
        if (body != null) {
            setHeader("Content-Length", Integer.toString(body.length));
            // Ends the exchange when it is sent; without a body the end of the handlers does.
            handles.send(get(handles.getResponseSender, exchange), ByteBuffer.wrap(body));
        }
    }

    private static String text(Object value) {
        return value == null ? "" : (String) value;
    }
}
