package io.maintenanceagent.server.netty.handler;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.TimeUnit;

/**
 * What a connection of HTTP/1 goes on sending behind a refused request: its body, which nobody reads, and whatever
 * follows the last answer of a connection that is about to be closed. That happens when the client has sent all, or
 * after a moment: a connection that is closed with unread bytes on it is reset, which takes the answer away from a
 * client that has not read it yet (RFC 9112, section 9.6).
 */
final class DiscardedInput {

    /** How much of a body is read after its request was refused, so that the connection can be kept, in bytes. */
    static final long MAX_BODY = 1 << 20;

    private static final long LINGER_MILLIS = 1000;

    private boolean inBody;
    private long bytes;
    private boolean closing;
    private boolean answered;

    /** A request is refused; nothing that follows it is one if the connection is to be closed. */
    void begin(Object request, boolean last) {
        inBody = !(request instanceof LastHttpContent);
        bytes = 0;
        closing = last;
    }

    /** Whether a message is to be dropped. */
    boolean takes(Object message) {
        boolean isContent = message instanceof HttpContent;
        if (inBody && isContent) {
            bytes += ((HttpContent) message).content().readableBytes();
            inBody = !(message instanceof LastHttpContent);
            return true;
        }
        return closing;
    }

    /**
     * Closes a connection whose last answer is sent, if the client has sent all that belongs to its request; and any
     * that has sent too much of it.
     *
     * @param isAnswered whether no response is left to be sent
     */
    void closeIfOver(ChannelHandlerContext context, boolean isAnswered) {
        if (closing ? answered && !inBody : isAnswered && inBody && bytes > MAX_BODY) {
            closing = true;
            context.close();
        }
    }

    /** Closes the connection when the last answer is sent. */
    void closeAfter(ChannelFuture sent, final ChannelHandlerContext context) {
        sent.addListener(new ChannelFutureListener() {
            @Override
            public void operationComplete(ChannelFuture last) {
                answered = true;
                closeIfOver(context, true);
                if (context.channel().isActive()) {
                    context.executor().schedule(new Close(context), LINGER_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        });
    }

    private static final class Close implements Runnable {
        private final ChannelHandlerContext context;

        Close(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public void run() {
            context.close();
        }
    }
}
