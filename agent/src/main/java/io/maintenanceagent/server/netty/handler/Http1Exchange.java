package io.maintenanceagent.server.netty.handler;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.SuspendableExchange;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** A request of HTTP/1. */
final class Http1Exchange extends NettyExchange implements SuspendableExchange {

    private static final int NO_CONTENT = 204;

    private final Http1Handler handler;
    private final ChannelHandlerContext context;
    private final HttpRequest message;
    private FullHttpResponse answer;
    private boolean closes;

    Http1Exchange(Http1Handler handler, ChannelHandlerContext context, HttpRequest message, String decidedBy) {
        super(context.channel(), decidedBy);
        this.handler = handler;
        this.context = context;
        this.message = message;
    }

    /** {@inheritDoc} So does what follows on the connection. */
    @Override
    public Runnable suspend(Runnable gone) {
        return handler.suspend(context, gone);
    }

    @Override
    void deliver() {
        handler.admit(admitted());
        context.fireChannelRead(message);
    }

    /** {@inheritDoc} What could fail is done here: the request would be let in. */
    @Override
    public void send(RequestView request, RenderedResponse reply) {
        byte[] body = reply.body();
        boolean isEmpty = body == null || request.method().equals("HEAD");
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                isEmpty ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        HttpHeaders headers = response.headers();
        String[] own = reply.headers();
        for (int i = 0; i < own.length; i += 2) {
            headers.add(own[i], own[i + 1]);
        }
        if (body != null) {
            headers.set("Content-Type", reply.contentType());
        }
        if (body != null || reply.status() != NO_CONTENT) {
            headers.set("Content-Length", Integer.toString(body == null ? 0 : body.length));
        }
        boolean isVersion11 = isVersion11();
        closes = !isPersistent(isVersion11) || header("Expect") != null || isLarge(header("Content-Length"));
        if (closes) {
            headers.set("Connection", "close");
        } else if (!isVersion11) {
            headers.set("Connection", "keep-alive");
        }
        answer = response;
    }

    /** The response of a refused request. */
    FullHttpResponse answer() {
        return answer;
    }

    /**
     * Whether it is the connection's last one: if the client wants that, and if a body follows that is too large. A
     * client that waits to be asked for the body may send it after all, or not (RFC 9110, section 10.1.1).
     */
    boolean closesConnection() {
        return closes;
    }

    @SuppressWarnings("deprecation")
    private boolean isVersion11() {
        return message.getProtocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0;
    }

    private boolean isPersistent(boolean isVersion11) {
        String connection = header("Connection");
        return isVersion11 ? !hasToken(connection, "close") : hasToken(connection, "keep-alive");
    }

    private static boolean hasToken(String header, String token) {
        if (header != null) {
            for (String part : header.split(",")) {
                if (part.trim().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isLarge(String length) {
        try {
            return length != null && Long.parseLong(length.trim()) > DiscardedInput.MAX_BODY;
        } catch (NumberFormatException malformed) {
            return true;
        }
    }

    /** {@inheritDoc} By the name that Netty 4.0 has too. */
    @Override
    @SuppressWarnings("deprecation")
    public String method() {
        return message.getMethod().name();
    }

    @Override
    @SuppressWarnings("deprecation")
    String uri() {
        return message.getUri();
    }

    @Override
    void setRequestHeader(String name, String value) {
        message.headers().set(name, value);
    }

    @Override
    public String header(String name) {
        return message.headers().get(name);
    }

    @Override
    public List<String> headers(String name) {
        return message.headers().getAll(name);
    }
}
