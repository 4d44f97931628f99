package io.maintenanceagent.server.netty.handler;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.AttributeKey;

/**
 * A connection that becomes a WebSocket. Its constructor is an entry point: by this object, which lives as long as the
 * channel, the agent knows the socket. Safe for any thread.
 */
public final class NettySocket {

    private static final AttributeKey<NettySocket> SOCKET = AttributeKey.valueOf("io.maintenanceagent.socket");

    private final Channel channel;
    private final AdmittedRequest request;

    private NettySocket(Channel channel, AdmittedRequest request) {
        this.channel = channel;
        this.request = request;
    }

    /** The response is about to be written that makes a connection one. */
    static void opens(Channel channel, AdmittedRequest request) {
        channel.attr(SOCKET).set(new NettySocket(channel, request));
    }

    /** Returns what its handshake is known by. */
    public Object request() {
        return request;
    }

    /** Returns whether the connection is open. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /**
     * Tells the client that it is closed.
     *
     * @param code the status code (RFC 6455 section 7.4)
     * @param reason what to tell it
     */
    public void close(int code, String reason) {
        channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
    }

    /** Closes the connection. */
    public void abort() {
        channel.close();
    }
}
