package io.maintenanceagent.server.grpc;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A call of gRPC, before its method is looked up: a POST to the path that it has on HTTP/2. Its response is a status,
 * which has a text and no other representation.
 */
final class GrpcExchange implements Exchange, RequestView, ResponseSink {

    private static final Charset UTF_8 = Charset.forName("UTF-8");

    private static final List<String> FOR_CACHES = Arrays.asList("cache-control", "vary", "retry-after");

    private final Object stream;
    private final String name;
    private final Object metadata;
    private final GrpcMethods methods;

    GrpcExchange(Object stream, String name, Object metadata) {
        this.stream = stream;
        this.name = name;
        this.metadata = metadata;
        this.methods = GrpcMethods.of(stream);
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return RequestSnapshot.copy(this);
    }

    /** {@inheritDoc} gRPC knows no roles. */
    @Override
    public boolean mayAuthenticate() {
        return false;
    }

    /** {@inheritDoc} It may be an event loop. */
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
        return this;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String path() {
        return "/" + name;
    }

    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public String host() {
        String authority = methods.authority(stream);
        if (authority == null) {
            return "";
        }
        int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        return end > 0 ? authority.substring(0, end) : authority;
    }

    @Override
    public String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public List<String> headers(String name) {
        if (name.equalsIgnoreCase("Accept")) {
            return Collections.singletonList("text/plain"); // of a status
        }
        if (name.equalsIgnoreCase("Host")) {
            String authority = methods.authority(stream);
            return authority == null ? Collections.<String>emptyList() : Collections.singletonList(authority);
        }
        return methods.headers(metadata, name);
    }

    /** {@inheritDoc} In process there is none. */
    @Override
    public String remoteAddress() {
        Object address = methods.remoteAddress(stream);
        InetSocketAddress remote = address instanceof InetSocketAddress ? (InetSocketAddress) address : null;
        return remote == null || remote.getAddress() == null
                ? ""
                : remote.getAddress().getHostAddress();
    }

    @Override
    public boolean isSecure() {
        return methods.isSecure(stream);
    }

    /** {@inheritDoc} Nothing is sent before the method is looked up. */
    @Override
    public boolean isCommitted() {
        return false;
    }

    /** {@inheritDoc} The headers of a call are the application's alone. */
    @Override
    public void setHeader(String name, String value) {}

    @Override
    public void reset() {}

    /**
     * {@inheritDoc} With the time to try again (gRPC proposal A6), which clients heed that have a retry policy. Headers
     * go into the trailers, but for what browsers and caches are told.
     */
    @Override
    public void send(RequestView request, RenderedResponse reply) {
        String text = reply.body() == null ? null : new String(reply.body(), UTF_8).trim();
        List<String> headers = new ArrayList<String>();
        String[] all = reply.headers();
        for (int i = 0; i < all.length; i += 2) {
            if (isForCalls(all[i].toLowerCase(Locale.ROOT))) {
                headers.add(all[i]);
                headers.add(all[i + 1]);
            }
        }
        methods.close(stream, text, reply.header("Retry-After"), headers);
    }

    private static boolean isForCalls(String name) {
        return !name.startsWith("grpc-") && !name.startsWith("access-control-") && !FOR_CACHES.contains(name);
    }
}
