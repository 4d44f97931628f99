package io.maintenanceagent.server.netty.handler;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.RenderedResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request of HTTP/2. */
final class Http2Exchange extends NettyExchange {

    private final Http2Requests requests;
    private final ChannelHandlerContext context;
    private final Http2Headers headers;
    private final Http2Frame frame;
    private Http2Headers answer;
    private ByteBuf body; // null if there is none
    private Http2Exception thrown;

    Http2Exchange(
            Http2Requests requests,
            ChannelHandlerContext context,
            Http2Headers headers,
            Http2Frame frame,
            String decidedBy) {
        super(context.channel(), decidedBy);
        this.requests = requests;
        this.context = context;
        this.headers = headers;
        this.frame = frame;
    }

    @Override
    void deliver() {
        try {
            requests.deliver(context, headers, frame);
        } catch (Http2Exception e) {
            thrown = e;
        }
    }

    /** Throws what was thrown where the request was delivered to. */
    void rethrow() throws Http2Exception {
        if (thrown != null) {
            throw thrown;
        }
    }

    /** {@inheritDoc} What could fail is done here: the request would be let in. */
    @Override
    public void send(RequestView request, RenderedResponse reply) {
        Http2Headers response = new DefaultHttp2Headers().status(Integer.toString(reply.status()));
        String[] own = reply.headers();
        for (int i = 0; i < own.length; i += 2) {
            response.add(own[i].toLowerCase(Locale.ROOT), own[i + 1]);
        }
        byte[] bytes = reply.body();
        if (bytes != null) {
            response.set("content-type", reply.contentType());
            response.set("content-length", Integer.toString(bytes.length));
        }
        body = bytes == null || request.method().equals("HEAD") ? null : Unpooled.wrappedBuffer(bytes);
        answer = response;
    }

    /** Sends the response of a refused request. */
    void answer(Http2ConnectionEncoder encoder) {
        encoder.writeHeaders(context, frame.streamId, answer, 0, body == null, context.newPromise());
        if (body != null) {
            encoder.writeData(context, frame.streamId, body, 0, true, context.newPromise());
        }
    }

    @Override
    public String method() {
        return text(headers.method());
    }

    @Override
    String uri() {
        return text(headers.path());
    }

    @Override
    void setRequestHeader(String name, String value) {
        headers.set(name.toLowerCase(Locale.ROOT), value);
    }

    private static String text(CharSequence value) {
        return value == null ? "" : value.toString();
    }

    /** {@inheritDoc} The host is the authority (RFC 9113, section 8.3.1), or what it was made of. */
    @Override
    public String header(String name) {
        CharSequence authority = name.equalsIgnoreCase("Host") ? headers.authority() : null;
        CharSequence value = authority == null ? headers.get(name.toLowerCase(Locale.ROOT)) : authority;
        return value == null ? null : value.toString();
    }

    /** {@inheritDoc} A client may send each cookie by itself (RFC 9113, section 8.2.3). */
    @Override
    public List<String> headers(String name) {
        List<String> values = new ArrayList<String>();
        for (CharSequence value : headers.getAll(name.toLowerCase(Locale.ROOT))) {
            values.add(value.toString());
        }
        if (values.isEmpty()) {
            String only = header(name);
            if (only != null) {
                values.add(only);
            }
        }
        return values;
    }
}
