import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;

/** Netty and nothing else, 4.0 and later: HTTP/1.1, pipelined, with WebSockets at /socket but for 4.0. */
class NettyLauncher {

    private NettyLauncher() {}

    public static void main(String[] args) throws Exception {
        serve(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new HttpServerCodec());
                if (takesPartsOfRequests()) {
                    channel.pipeline().addLast(new WebSocketServerProtocolHandler("/socket"));
                }
                channel.pipeline().addLast(new Application());
            }
        });
    }

    /** Whether the handler of WebSockets does, which wants whole ones in Netty 4.0. */
    private static boolean takesPartsOfRequests() {
        try {
            return HttpRequest.class.getMethod("uri") != null;
        } catch (NoSuchMethodException isOld) {
            return false;
        }
    }

    static void serve(ChannelInitializer<SocketChannel> initializer) throws Exception {
        EventLoopGroup group = new NioEventLoopGroup(2);
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(initializer)
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        Launcher.ready(((InetSocketAddress) server.localAddress()).getPort());
    }

    /** One request of a connection at a time, of which a client may send more. */
    static final class Application extends SimpleChannelInboundHandler<HttpObject> {
        private String uri;
        private boolean pipes;
        private boolean closes;
        private ByteArrayOutputStream body;

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpRequest) {
                begin(context, (HttpRequest) message);
            }
            if (message instanceof HttpContent) {
                ByteBuf content = ((HttpContent) message).content();
                if (pipes) {
                    if (content.isReadable()) {
                        context.writeAndFlush(new DefaultHttpContent(content.retain()));
                    }
                    if (message instanceof LastHttpContent) {
                        end(context, LastHttpContent.EMPTY_LAST_CONTENT, closes);
                    }
                    return;
                }
                byte[] bytes = new byte[content.readableBytes()];
                content.readBytes(bytes);
                body.write(bytes, 0, bytes.length);
                if (message instanceof LastHttpContent) {
                    Call call = new Call(context, uri, closes, body.toByteArray());
                    CoreApplication.onThread(() -> CoreApplication.serve(call));
                }
            }
        }

        @SuppressWarnings("deprecation")
        private void begin(ChannelHandlerContext context, HttpRequest request) {
            uri = request.getUri();
            if (uri.equals("/fault")) {
                throw new IllegalStateException("as asked for");
            }
            if ("100-continue".equalsIgnoreCase(request.headers().get("Expect"))) {
                context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            }
            closes = "close".equalsIgnoreCase(request.headers().get("Connection"));
            pipes = uri.equals("/pipe");
            body = new ByteArrayOutputStream();
            if (pipes) {
                context.writeAndFlush(chunked());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private static void end(ChannelHandlerContext context, Object last, boolean closes) {
        if (closes) {
            context.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.writeAndFlush(last, context.voidPromise());
        }
    }

    private static HttpResponse chunked() {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set("Transfer-Encoding", "chunked");
        response.headers().set("X-Filter", "passed");
        return response;
    }

    /** Responses are written by any thread. */
    private static final class Call implements CoreApplication.Call {
        private final ChannelHandlerContext context;
        private final String uri;
        private final boolean closes;
        private final byte[] body;

        Call(ChannelHandlerContext context, String uri, boolean closes, byte[] body) {
            this.context = context;
            this.uri = uri;
            this.closes = closes;
            this.body = body;
        }

        @Override
        public String path() {
            return uri.replaceFirst("\\?.*", "");
        }

        @Override
        public String query() {
            int query = uri.indexOf('?');
            return query < 0 ? null : uri.substring(query + 1);
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public OutputStream begin() {
            context.writeAndFlush(chunked());
            return new OutputStream() {
                @Override
                public void write(int b) {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] chunk, int offset, int length) {
                    ByteBuf copy = Unpooled.copiedBuffer(chunk, offset, length);
                    context.writeAndFlush(new DefaultHttpContent(copy));
                }
            };
        }

        @Override
        public void send(String text) throws IOException {
            byte[] bytes = text.getBytes("UTF-8");
            DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(bytes));
            HttpHeaders headers = response.headers();
            headers.set("Content-Type", "text/plain");
            headers.set("Content-Length", String.valueOf(bytes.length));
            headers.set("X-Filter", "passed");
            NettyLauncher.end(context, response, closes);
        }

        @Override
        public void end() {
            NettyLauncher.end(context, LastHttpContent.EMPTY_LAST_CONTENT, closes);
        }

        @Override
        public void later(CoreApplication.Rest rest) {
            CoreApplication.onThread(rest);
        }
    }
}
