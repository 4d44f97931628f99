import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * Tomcat, and Netty as a proxy before it, in one JVM. What is asked for below {@code /kept} waits in the proxy. The
 * application tells by {@code /mark} how the agent has marked the request.
 */
final class NettyProxyLauncher {

    private NettyProxyLauncher() {}

    public static void main(String[] args) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", new File(".").getAbsolutePath());
        Wrapper servlet = Tomcat.addServlet(context, "application", new Application());
        servlet.setAsyncSupported(true);
        context.addServletMappingDecoded("/", "application");
        tomcat.start();
        int port = connector.getLocalPort();
        System.out.println("BEHIND port=" + port);
        NettyLauncher.serve(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Front(port));
            }
        });
    }

    /** A connection of a client's, one request of it at a time. */
    private static final class Front extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final int port;
        private Channel behind;

        Front(int port) {
            this.port = port;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            request.headers().set("Connection", "close");
            request.retain();
            if (request.uri().startsWith("/kept")) {
                String query = request.uri().replaceFirst("[^?]*\\?", "");
                CoreApplication.onThread(() -> {
                    CoreApplication.pass(query);
                    send(context, request);
                });
            } else {
                send(context, request);
            }
        }

        private void send(ChannelHandlerContext context, FullHttpRequest request) {
            behind = new Bootstrap()
                    .group(context.channel().eventLoop())
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            channel.pipeline().addLast(new HttpClientCodec(), new Back(context.channel(), request));
                        }
                    })
                    .connect("127.0.0.1", port)
                    .channel();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (behind != null) {
                behind.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** The connection to Tomcat for one request. */
    private static final class Back extends ChannelInboundHandlerAdapter {
        private final Channel front;
        private final FullHttpRequest request;

        Back(Channel front, FullHttpRequest request) {
            this.front = front;
            this.request = request;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(request);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!front.isActive()) {
                ReferenceCountUtil.release(message);
            } else if (message instanceof LastHttpContent) {
                front.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
            } else {
                front.writeAndFlush(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            front.eventLoop().execute(front::close);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** {@link CoreApplication} as a servlet. */
    private static final class Application extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("X-Filter", "passed");
            if (request.getRequestURI().equals("/mark")) {
                response.getWriter().print(request.getHeader("X-Maintenance-Request"));
            } else {
                CoreApplication.serve(new Call(request, response));
            }
        }
    }

    private static final class Call implements CoreApplication.Call {
        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private AsyncContext async;

        Call(HttpServletRequest request, HttpServletResponse response) {
            this.request = request;
            this.response = response;
        }

        @Override
        public String path() {
            return request.getRequestURI();
        }

        @Override
        public String query() {
            return request.getQueryString();
        }

        @Override
        public InputStream body() throws IOException {
            return request.getInputStream();
        }

        @Override
        public OutputStream begin() throws IOException {
            return response.getOutputStream();
        }

        @Override
        public void send(String text) throws IOException {
            response.getOutputStream().print(text);
            end();
        }

        @Override
        public void end() {
            if (async != null) {
                async.complete();
            }
        }

        @Override
        public void later(CoreApplication.Rest rest) {
            async = request.startAsync();
            async.setTimeout(0);
            CoreApplication.onThread(rest);
        }
    }
}
