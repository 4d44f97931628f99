package io.maintenanceagent.server.netty.handler;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * Before whoever listens to the frames of a connection of HTTP/2: has the request of each stream decided, answers those
 * that are refused, and knows when each other one's stream is closed, for whatever reason. The frames of a refused
 * request go no further.
 */
final class Http2Requests extends Http2FrameListenerDecorator {

    /** How much of a body is read after its request was refused, before the client is asked to stop, in bytes. */
    private static final long MAX_BODY = 1 << 20;

    private final Http2ConnectionHandler handler;
    private final Http2Connection connection;
    private final Http2Connection.PropertyKey key;
    private final String decidedBy;

    private Http2Requests(Http2ConnectionHandler handler, String decidedBy) {
        super(handler.decoder().frameListener());
        this.handler = handler;
        this.connection = handler.connection();
        this.key = connection.newKey();
        this.decidedBy = decidedBy;
        connection.addListener(new Ends());
    }

    /** Begins to listen to a server's connection, if nobody does it yet. */
    static void listenTo(ChannelHandlerContext context) {
        if (!(context.handler() instanceof Http2ConnectionHandler)) {
            return;
        }
        Http2ConnectionHandler handler = (Http2ConnectionHandler) context.handler();
        Http2ConnectionDecoder decoder = handler.decoder();
        if (decoder.frameListener() instanceof Http2Requests
                || !handler.connection().isServer()
                || handler.getClass().getName().startsWith("io.grpc.")) {
            return;
        }
        Http2Requests requests = new Http2Requests(handler, ReactorNetty.decidedBy(context.pipeline()));
        decoder.frameListener(requests);
        requests.takeUpgraded(context);
    }

    /** Goes on with the request by which a connection was upgraded, whose stream may be closed already. */
    private void takeUpgraded(ChannelHandlerContext context) {
        Runnable upgraded = context.channel().attr(Http1Handler.UPGRADED).getAndSet(null);
        Http2Stream stream = connection.stream(Http2CodecUtil.HTTP_UPGRADE_STREAM_ID);
        if (upgraded != null && stream != null) {
            stream.setProperty(key, upgraded);
        } else if (upgraded != null) {
            upgraded.run();
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int streamId,
            Http2Headers headers,
            int streamDependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        Http2Stream stream = connection.stream(streamId);
        Object known = stream.getProperty(key);
        if (known instanceof Runnable) { // trailers
            super.onHeadersRead(context, streamId, headers, streamDependency, weight, exclusive, padding, endOfStream);
        } else if (known == null) {
            Http2Frame frame = new Http2Frame(streamId, streamDependency, weight, exclusive, padding, endOfStream);
            begins(context, stream, new Http2Exchange(this, context, headers, frame, decidedBy));
        }
    }

    private void begins(ChannelHandlerContext context, Http2Stream stream, Http2Exchange exchange)
            throws Http2Exception {
        stream.setProperty(key, exchange.admitted());
        if (exchange.enter()) {
            stream.setProperty(key, new Discarded());
            exchange.answer(handler.encoder());
            handler.flush(context);
        } else {
            exchange.rethrow();
        }
    }

    /** Hands a request on. */
    void deliver(ChannelHandlerContext context, Http2Headers headers, Http2Frame frame) throws Http2Exception {
        super.onHeadersRead(
                context,
                frame.streamId,
                headers,
                frame.streamDependency,
                frame.weight,
                frame.exclusive,
                frame.padding,
                frame.endOfStream);
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean endOfStream)
            throws Http2Exception {
        Discarded discarded = discarded(streamId);
        if (discarded == null) {
            return super.onDataRead(context, streamId, data, padding, endOfStream);
        }
        int read = data.readableBytes() + padding;
        discarded.bytes += read;
        if (discarded.bytes > MAX_BODY && !endOfStream) {
            handler.resetStream(context, streamId, Http2Error.NO_ERROR.code(), context.newPromise());
            handler.flush(context);
        }
        return read;
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int streamId, long errorCode) throws Http2Exception {
        if (discarded(streamId) == null) {
            super.onRstStreamRead(context, streamId, errorCode);
        }
    }

    /** What was read of a refused request; {@code null} if it is none, or if its stream is gone. */
    private Discarded discarded(int streamId) {
        Http2Stream stream = connection.stream(streamId);
        Object known = stream == null ? null : stream.getProperty(key);
        return known instanceof Discarded ? (Discarded) known : null;
    }

    private static final class Discarded {
        long bytes;
    }

    /** Told of each stream that is closed. */
    private final class Ends extends Http2ConnectionAdapter {
        @Override
        public void onStreamClosed(Http2Stream stream) {
            Object known = stream.getProperty(key);
            if (known instanceof Runnable) {
                ((Runnable) known).run();
            }
        }
    }
}
