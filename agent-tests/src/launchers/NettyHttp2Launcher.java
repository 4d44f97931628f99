import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.AsciiString;

/** Netty 4.1 and later: the same over HTTP/2 without TLS, also where a client upgrades to it. */
final class NettyHttp2Launcher {

    private NettyHttp2Launcher() {}

    public static void main(String[] args) throws Exception {
        NettyLauncher.serve(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                HttpServerCodec codec = new HttpServerCodec();
                HttpServerUpgradeHandler upgrade = new HttpServerUpgradeHandler(
                        codec,
                        protocol -> AsciiString.contentEquals(Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, protocol)
                                ? new Http2ServerUpgradeCodec(frames(), multiplexer())
                                : null,
                        1_000_000);
                ChannelHandler known = new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        ChannelPipeline pipeline = connection.pipeline();
                        pipeline.addAfter(pipeline.context(this).name(), "frames", frames());
                        pipeline.addAfter("frames", null, multiplexer());
                    }
                };
                channel.pipeline().addLast(new CleartextHttp2ServerUpgradeHandler(codec, upgrade, known));
                channel.pipeline().addLast(new NettyLauncher.Application());
            }
        });
    }

    private static Http2FrameCodec frames() {
        return Http2FrameCodecBuilder.forServer().build();
    }

    private static Http2MultiplexHandler multiplexer() {
        return new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true), new NettyLauncher.Application());
            }
        });
    }
}
