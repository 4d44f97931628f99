package io.maintenanceagent.server.netty.handler;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Right behind the codec of a connection of HTTP/1: has each request decided, answers those that are refused, and knows
 * when the response of each other one is sent. Requests may be pipelined; their responses go out in their order, those
 * of the agent's included.
 *
 * <p>What is refused goes no further, its body included, so that handlers behind this one see whole requests only.
 */
final class Http1Handler extends ChannelDuplexHandler {

    /**
     * To be run when the request is over by which a connection was upgraded to HTTP/2, and which is answered there. Not
     * an {@link AdmittedRequest}, of which HTTP/2 has a class of its own where it is loaded elsewhere.
     */
    static final AttributeKey<Runnable> UPGRADED = AttributeKey.valueOf("io.maintenanceagent.upgraded");

    private static final int SWITCHING_PROTOCOLS = 101;

    private static final String VOID_PROMISE = "io.netty.channel.VoidChannelPromise";

    private final String decidedBy;

    /** {@link AdmittedRequest}s, and answers of refused ones ({@link Http1Exchange}) that wait for those before. */
    private final Queue<Object> unanswered = new ArrayDeque<Object>(4);

    private final DiscardedInput discarded = new DiscardedInput();

    /** Whether what is being written is a response that another one follows (RFC 9110, section 15.2). */
    private boolean interim;

    /** Since the connection was last read from, whether something was handed on, and whether something was not. */
    private boolean delivered;

    private boolean dropped;

    private SuspendedInput suspended; // null while no request waits

    /** @param decidedBy the class with entry points of its own that requests are left to, where it is woven */
    Http1Handler(String decidedBy) {
        this.decidedBy = decidedBy;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (suspended != null) {
            suspended.add(context, message);
            return;
        }
        if (discarded.takes(message)) {
            dropped = true;
            ReferenceCountUtil.release(message);
            discarded.closeIfOver(context, unanswered.isEmpty());
            return;
        }
        if (!(message instanceof HttpRequest)) {
            delivered = true;
            context.fireChannelRead(message);
            return;
        }
        Http1Exchange exchange = new Http1Exchange(this, context, (HttpRequest) message, decidedBy);
        if (!exchange.enter()) {
            delivered = true;
            return;
        }
        if (suspended != null) {
            suspended.add(context, message);
            return;
        }
        dropped = true;
        discarded.begin(message, exchange.closesConnection());
        ReferenceCountUtil.release(message);
        unanswered.add(exchange);
        answerRefused(context);
    }

    /** {@inheritDoc} A connection that is read from when somebody asks for it would else not be read from again. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        boolean reads = dropped && !delivered && !context.channel().config().isAutoRead();
        dropped = false;
        delivered = false;
        context.fireChannelReadComplete();
        if (reads) {
            context.read();
        }
    }

    /** Has the request that is being decided wait, and what follows it; returns what lets them go on. */
    Runnable suspend(final ChannelHandlerContext context, Runnable gone) {
        suspended = new SuspendedInput(gone);
        final Runnable goOn = new Runnable() {
            @Override
            public void run() {
                goOn(context);
            }
        };
        return new Runnable() {
            @Override
            public void run() {
                context.executor().execute(goOn);
            }
        };
    }

    /** Another request of them may have to wait again. */
    private void goOn(ChannelHandlerContext context) {
        SuspendedInput input = suspended;
        suspended = null;
        if (input == null) {
            return; // the client is gone
        }
        input.goesOn(context);
        for (Object message = input.poll(); message != null; message = input.poll()) {
            channelRead(context, message);
        }
        channelReadComplete(context);
    }

    /** A request is about to be handed on. */
    void admit(AdmittedRequest request) {
        unanswered.add(request);
    }

    /** Sends the answers of refused requests that no other response has to come before. */
    private void answerRefused(ChannelHandlerContext context) {
        while (unanswered.peek() instanceof Http1Exchange) {
            Http1Exchange refused = (Http1Exchange) unanswered.poll();
            ChannelFuture sent = context.writeAndFlush(refused.answer());
            if (refused.closesConnection()) {
                discarded.closeAfter(sent, context);
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        AdmittedRequest request = (AdmittedRequest) unanswered.peek();
        if (request == null) { // a server's own, or of a request that was there before this handler
            context.write(message, promise);
            return;
        }
        int status = message instanceof HttpResponse ? begins(request, (HttpResponse) message, context) : 0;
        if (status != SWITCHING_PROTOCOLS && (interim || !(message instanceof LastHttpContent))) {
            context.write(message, promise);
            return;
        }
        unanswered.poll();
        if (status == SWITCHING_PROTOCOLS && isTo("h2c", (HttpResponse) message)) {
            context.channel().attr(UPGRADED).set(request);
            context.write(message, promise);
        } else {
            if (status == SWITCHING_PROTOCOLS && isTo("websocket", (HttpResponse) message)) {
                NettySocket.opens(context.channel(), request);
            }
            ChannelPromise told = listenedTo(promise, context);
            told.addListener(new Completion(request));
            context.write(message, told);
        }
        answerRefused(context);
    }

    /** A response is being written; returns its status. */
    @SuppressWarnings("deprecation") // by the name that Netty 4.0 has too
    private int begins(AdmittedRequest request, HttpResponse response, ChannelHandlerContext context) {
        int status = response.getStatus().code();
        interim = status < 200 && status != SWITCHING_PROTOCOLS;
        if (!interim) {
            request.begins(response, context);
        }
        return status;
    }

    private static boolean isTo(String wanted, HttpResponse response) {
        String protocol = response.headers().get("Upgrade");
        return protocol != null && protocol.trim().equalsIgnoreCase(wanted);
    }

    /** A promise that can be listened to, which a void one cannot; Netty 4.0 tells it by its class only. */
    private static ChannelPromise listenedTo(ChannelPromise promise, ChannelHandlerContext context) {
        if (!promise.getClass().getName().equals(VOID_PROMISE)) {
            return promise;
        }
        ChannelPromise listened = context.newPromise();
        listened.addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        return listened;
    }

    /** {@inheritDoc} Nobody is there any more who could be answered. */
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        dropSuspended();
        completeAll();
        Runnable upgraded = context.channel().attr(UPGRADED).getAndSet(null);
        if (upgraded != null) {
            upgraded.run();
        }
        context.fireChannelInactive();
    }

    /** {@inheritDoc} What is not answered yet will be in some other way, if at all. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        dropSuspended();
        context.channel().closeFuture().addListener(new ChannelFutureListener() {
            @Override
            public void operationComplete(ChannelFuture closed) {
                completeAll();
            }
        });
    }

    private void dropSuspended() {
        if (suspended != null) {
            suspended.drop();
            suspended = null;
        }
    }

    private void completeAll() {
        for (Object left = unanswered.poll(); left != null; left = unanswered.poll()) {
            if (left instanceof AdmittedRequest) {
                ((AdmittedRequest) left).run();
            }
        }
    }

    /** Of a response, sent or not: if its last part could not be sent no other will be. */
    private static final class Completion implements ChannelFutureListener {
        private final AdmittedRequest request;

        Completion(AdmittedRequest request) {
            this.request = request;
        }

        @Override
        public void operationComplete(ChannelFuture sent) {
            request.run();
        }
    }
}
