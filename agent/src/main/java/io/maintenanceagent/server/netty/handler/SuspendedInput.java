package io.maintenanceagent.server.netty.handler;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A request of HTTP/1 that waits, and what its client has sent behind it. Where that becomes much, the connection is
 * read no further. For its event loop.
 */
final class SuspendedInput {

    /** How much of bodies is kept, in bytes, before the connection is read no further. */
    private static final long MAX_BYTES = 1 << 16;

    private final Runnable gone;
    private final Queue<Object> messages = new ArrayDeque<Object>();
    private long bytes;
    private boolean stopped;

    /** @param gone to be run when the client goes away */
    SuspendedInput(Runnable gone) {
        this.gone = gone;
    }

    /** Keeps a message. */
    void add(ChannelHandlerContext context, Object message) {
        messages.add(message);
        bytes += message instanceof HttpContent
                ? ((HttpContent) message).content().readableBytes()
                : 0;
        if (bytes > MAX_BYTES && context.channel().config().isAutoRead()) {
            stopped = true;
            context.channel().config().setAutoRead(false);
        }
    }

    /** Takes out the message that came first; {@code null} if there is none. */
    Object poll() {
        return messages.poll();
    }

    /** Has the connection read from again. */
    void goesOn(ChannelHandlerContext context) {
        if (stopped) {
            context.channel().config().setAutoRead(true);
        }
    }

    /** Drops all of it: the client is gone. */
    void drop() {
        gone.run();
        for (Object left = messages.poll(); left != null; left = messages.poll()) {
            ReferenceCountUtil.release(left);
        }
    }
}
