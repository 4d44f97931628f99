package io.maintenanceagent.server.netty.handler;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.ForwardableExchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.UnmappedRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;

/** A request on a connection, before whatever handles it. A refused one is answered when its entry point is left. */
abstract class NettyExchange extends UnmappedRequest implements ForwardableExchange, ResponseSink {

    private static final String SSL = "io.netty.handler.ssl.SslHandler";

    private final Channel channel;
    private final String decidedBy;
    private final AdmittedRequest admitted = new AdmittedRequest();

    /** @param decidedBy as {@link #yieldsTo} says */
    NettyExchange(Channel channel, String decidedBy) {
        this.channel = channel;
        this.decidedBy = decidedBy;
    }

    /**
     * Lets the request in: an entry point.
     *
     * @return whether the agent has refused it instead, and prepared its answer
     */
    boolean enter() {
        deliver();
        return false;
    }

    /** Hands the request on to whatever handles it. */
    abstract void deliver();

    /** The target of the request line, or {@code :path}. */
    abstract String uri();

    /** Sets a header of the request that is handed on. */
    abstract void setRequestHeader(String name, String value);

    @Override
    public final void mark(String name, String mark) {
        setRequestHeader(name, mark);
        admitted.keepMark(mark);
    }

    /** What it is known by once it is let in. */
    final AdmittedRequest admitted() {
        return admitted;
    }

    @Override
    public final RequestSnapshot requestSnapshot() {
        return RequestSnapshot.copy(this);
    }

    @Override
    public final boolean mayAuthenticate() {
        return false;
    }

    /** {@inheritDoc} It is an event loop. */
    @Override
    public final boolean mayWait() {
        return false;
    }

    @Override
    public final Object completion() {
        return admitted;
    }

    @Override
    public final String yieldsTo() {
        return decidedBy;
    }

    @Override
    public final RequestView request() {
        return this;
    }

    @Override
    public final ResponseSink response() {
        return this;
    }

    /** {@inheritDoc} An application may serve anything. */
    @Override
    public final boolean isUnmapped() {
        return false;
    }

    /** {@inheritDoc} Of an absolute target, which overrides the header (RFC 9112, section 3.2.2), or of the header. */
    @Override
    public final String host() {
        String uri = uri();
        int authority = uri.startsWith("/") ? -1 : uri.indexOf("://");
        if (authority >= 0) {
            String host = uri.substring(authority + 3, pathOf(uri));
            return withoutPort(host.substring(host.lastIndexOf('@') + 1));
        }
        String host = header("Host");
        return host == null ? "" : withoutPort(host.trim());
    }

    private static String withoutPort(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return end > 0 ? host.substring(0, end) : host;
    }

    @Override
    protected final String target() {
        String uri = uri();
        int end = uri.indexOf('?');
        String target = end < 0 ? uri : uri.substring(0, end);
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
    public final String query() {
        String uri = uri();
        int query = uri.indexOf('?');
        return query < 0 ? null : uri.substring(query + 1);
    }

    @Override
    public final String remoteAddress() {
        SocketAddress remote = channel.remoteAddress();
        InetAddress address = remote instanceof InetSocketAddress ? ((InetSocketAddress) remote).getAddress() : null;
        return address == null ? "" : address.getHostAddress();
    }

    /** {@inheritDoc} Whether there is TLS in the pipeline; what a client or a proxy says is not believed. */
    @Override
    public final boolean isSecure() {
        for (Map.Entry<String, ChannelHandler> entry : channel.pipeline()) {
            for (Class<?> at = entry.getValue().getClass(); at != null; at = at.getSuperclass()) {
                if (at.getName().equals(SSL)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public final boolean isCommitted() {
        return false;
    }

    @Override
    public final void setHeader(String name, String value) {
        admitted.keepHeader(name, value);
    }

    /** {@inheritDoc} Nothing was. */
    @Override
    public final void reset() {}
}
