package io.maintenanceagent.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.weave.HookedLoader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ResourceLeakDetector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The agent's handlers in pipelines without a network: what comes and goes, in which order, and who releases it. */
final class NettyHandlersTest {

    private static final AtomicInteger LEAKS = new AtomicInteger();

    private static ResourceLeakDetector.Level level;
    private static NettyPipelines pipelines;

    private final List<ByteBuf> inputs = new ArrayList<>();
    private final Application application = new Application();
    private EmbeddedChannel channel;

    @BeforeAll
    static void load() throws Exception {
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        io.netty.util.ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new CountingFactory());
        pipelines =
                (NettyPipelines) new HookedLoader(NettyAdapter.class.getPackageName() + ".handler.", RefusingHook.class)
                        .loadClass(NettyAdapter.class.getPackageName() + ".handler.HandlerInstaller")
                        .getConstructor()
                        .newInstance();
    }

    @BeforeEach
    void open() {
        RefusingHook.RUNNING.clear();
        channel = new EmbeddedChannel(new HttpServerCodec(), application);
        ChannelHandlerContext codec = channel.pipeline().context(HttpServerCodec.class);
        HttpRequest first = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        pipelines.decoded(codec, List.of(first));
        pipelines.decoded(codec, List.of(first)); // it is put in once
        ReferenceCountUtil.release(first);
    }

    @AfterEach
    void nothingIsLeft() {
        channel.finishAndReleaseAll();
        assertEquals(List.of(), RefusingHook.RUNNING);
        inputs.forEach(input -> assertEquals(0, input.refCnt(), "nobody released what the client sent"));
    }

    /** A leak is told by the next buffer that is made when its own is collected. */
    @AfterAll
    static void nothingLeaks() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            UnpooledByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        ResourceLeakDetector.setLevel(level);
        assertEquals(0, LEAKS.get());
    }

    @Test
    void refused_goesNoFurther_itsBodyNeither() {
        send("POST /closed HTTP/1.1\r\nContent-Length: 10\r\n\r\n12345");
        assertEquals(List.of("503"), statuses(sent()));
        send("67890GET /open HTTP/1.1\r\n\r\n");
        assertEquals(List.of("GET /open"), application.requests);
        assertEquals(1, RefusingHook.RUNNING.size());
        application.answer();
        assertEquals(List.of("200"), statuses(sent()));
        assertTrue(channel.isOpen());
    }

    @Test
    void pipelined_answersKeepTheirOrder() {
        send("GET /a HTTP/1.1\r\n\r\nHEAD /closed/b HTTP/1.1\r\n\r\n"
                + "GET /c HTTP/1.1\r\n\r\nGET /closed/d HTTP/1.1\r\n\r\n");
        assertEquals("", sent());
        assertEquals(2, RefusingHook.RUNNING.size());
        application.answer();
        String first = sent();
        assertEquals(List.of("200", "503"), statuses(first));
        assertFalse(first.contains("detail"), "HEAD has no body");
        assertEquals(1, RefusingHook.RUNNING.size());
        application.answer();
        assertEquals(List.of("200", "503"), statuses(sent()));
    }

    @Test
    void streamed_isOverWithItsLastPart() {
        send("GET /a HTTP/1.1\r\n\r\nGET /closed HTTP/1.1\r\n\r\n");
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        DefaultHttpResponse begun = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        begun.headers().set("Transfer-Encoding", "chunked");
        channel.writeOutbound(begun);
        channel.writeOutbound(new DefaultHttpContent(Unpooled.copiedBuffer("part", StandardCharsets.US_ASCII)));
        assertEquals(List.of("100", "200"), statuses(sent()));
        assertEquals(1, RefusingHook.RUNNING.size());
        channel.writeOutbound(LastHttpContent.EMPTY_LAST_CONTENT);
        assertEquals(0, RefusingHook.RUNNING.size());
        assertEquals(List.of("503"), statuses(sent()));
    }

    @Test
    void clientLeaves_everythingIsOver() {
        send("POST /a HTTP/1.1\r\nContent-Length: 10\r\n\r\n12345");
        send("67890GET /closed HTTP/1.1\r\n\r\n");
        assertEquals(1, RefusingHook.RUNNING.size());
        channel.close();
        assertEquals(0, RefusingHook.RUNNING.size());
    }

    @Test
    void refused_closesWhereTheClientWantsItOrSendsTooMuch() {
        send("GET /closed HTTP/1.1\r\nConnection: close\r\n\r\nGET /closed HTTP/1.1\r\n\r\n");
        String answer = sent();
        assertEquals(List.of("503"), statuses(answer));
        assertTrue(answer.toLowerCase().contains("connection: close"), answer);
        assertFalse(channel.isOpen());
    }

    @Test
    void refused_withABodyWithoutEnd_isClosed() {
        send("POST /closed HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertEquals(List.of("503"), statuses(sent()));
        String part = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
        for (int i = 0; i <= 256; i++) {
            assertTrue(channel.isOpen());
            send(part);
        }
        assertFalse(channel.isOpen());
        assertEquals(List.of(), application.requests);
    }

    @Test
    void refused_thatWaitsToBeAsked_isLast() {
        send("POST /closed HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        String answer = sent();
        assertEquals(List.of("503"), statuses(answer));
        assertTrue(answer.toLowerCase().contains("connection: close"), answer);
        send("12345");
        assertFalse(channel.isOpen());
    }

    @Test
    void http2_eachStreamIsDecided() {
        Streams streams = new Streams();
        try {
            List<Object> open = streams.send("/open", false);
            List<Object> refused = streams.send("/closed", false);
            assertEquals(1, RefusingHook.RUNNING.size());
            assertEquals(
                    "503",
                    ((Http2HeadersFrame) refused.get(0)).headers().status().toString());
            Http2DataFrame body = (Http2DataFrame) refused.get(1);
            assertTrue(body.content().toString(StandardCharsets.UTF_8).contains("maintenance"));
            assertTrue(body.isEndStream());
            assertEquals(List.of(), open);
            streams.answer();
            assertEquals(
                    "200", ((Http2HeadersFrame) open.get(0)).headers().status().toString());
            assertEquals(0, RefusingHook.RUNNING.size());
            streams.send("/open", true); // and leaves
            assertEquals(0, RefusingHook.RUNNING.size());
            open.forEach(ReferenceCountUtil::release);
            refused.forEach(ReferenceCountUtil::release);
        } finally {
            streams.close();
        }
    }

    private void send(String text) {
        ByteBuf input = channel.alloc().buffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        inputs.add(input);
        channel.writeInbound(input);
    }

    private String sent() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return all.toString();
    }

    private static List<String> statuses(String responses) {
        List<String> statuses = new ArrayList<>();
        for (int at = responses.indexOf("HTTP/1.1 "); at >= 0; at = responses.indexOf("HTTP/1.1 ", at + 1)) {
            statuses.add(responses.substring(at + 9, at + 12));
        }
        return statuses;
    }

    /** Answers when it is asked to. */
    private static final class Application extends SimpleChannelInboundHandler<HttpObject> {
        private final List<String> requests = new ArrayList<>();
        private ChannelHandlerContext context;

        @Override
        protected void channelRead0(ChannelHandlerContext at, HttpObject message) {
            context = at;
            if (message instanceof HttpRequest request) {
                requests.add(request.method() + " " + request.uri());
            }
        }

        void answer() {
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            response.headers().set("Content-Length", "0");
            context.writeAndFlush(response);
        }
    }

    /** A client and a server of HTTP/2, with nothing between them. */
    private static final class Streams {
        private final List<Http2StreamChannel> served = new ArrayList<>();
        private final EmbeddedChannel server;
        private final EmbeddedChannel client;

        Streams() {
            server = new EmbeddedChannel(
                    Http2FrameCodecBuilder.forServer().build(),
                    new Http2MultiplexHandler(new ChannelInitializer<Http2StreamChannel>() {
                        @Override
                        protected void initChannel(Http2StreamChannel stream) {
                            served.add(stream);
                        }
                    }));
            client = new EmbeddedChannel(
                    Http2FrameCodecBuilder.forClient().build(),
                    new Http2MultiplexHandler(new ChannelInitializer<Http2StreamChannel>() {
                        @Override
                        protected void initChannel(Http2StreamChannel stream) {}
                    }));
            exchange();
            pipelines.frameRead(server.pipeline().context(Http2FrameCodec.class));
            pipelines.frameRead(server.pipeline().context(Http2FrameCodec.class));
        }

        /** Begins a request; returns what comes back, then and later. */
        List<Object> send(String path, boolean leaves) {
            List<Object> received = new ArrayList<>();
            Http2StreamChannel stream = new Http2StreamChannelBootstrap(client)
                    .handler(new SimpleChannelInboundHandler<Object>(false) {
                        @Override
                        protected void channelRead0(ChannelHandlerContext context, Object frame) {
                            received.add(frame);
                        }
                    })
                    .open()
                    .getNow();
            stream.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers()
                    .method("POST")
                    .path(path)
                    .scheme("http")
                    .authority("localhost")));
            stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copyLong(1), !leaves));
            exchange();
            if (leaves) {
                stream.close();
                exchange();
            }
            return received;
        }

        /** Answers the first request. A refused one has a channel as well, through which nothing comes. */
        void answer() {
            served.get(0).writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200"), true));
            exchange();
        }

        private void exchange() {
            boolean moved = true;
            while (moved) {
                client.runPendingTasks();
                server.runPendingTasks();
                moved = move(client, server) | move(server, client);
            }
        }

        private static boolean move(EmbeddedChannel from, EmbeddedChannel to) {
            boolean moved = false;
            for (ByteBuf part = from.readOutbound(); part != null; part = from.readOutbound()) {
                to.writeInbound(part);
                moved = true;
            }
            return moved;
        }

        void close() {
            client.finishAndReleaseAll();
            server.finishAndReleaseAll();
        }
    }

    private static final class CountingFactory extends io.netty.util.ResourceLeakDetectorFactory {
        @Override
        @SuppressWarnings("deprecation")
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval, long maxActive) {
            return new ResourceLeakDetector<T>(resource, interval, maxActive) {
                @Override
                protected void reportTracedLeak(String type, String records) {
                    LEAKS.incrementAndGet();
                    super.reportTracedLeak(type, records);
                }

                @Override
                protected void reportUntracedLeak(String type) {
                    LEAKS.incrementAndGet();
                    super.reportUntracedLeak(type);
                }
            };
        }
    }
}
