package io.maintenanceagent.server.netty.handler;

import io.maintenanceagent.server.netty.NettyPipelines;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpObjectEncoder;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Map;

/** Puts the agent's handlers into pipelines where they are not yet. Safe for any thread. */
public final class HandlerInstaller implements NettyPipelines {

    /** The handler's name in a pipeline. */
    static final String NAME = "io.maintenanceagent";

    @Override
    public void decoded(Object context, List<?> decoded) {
        for (Object message : decoded) {
            if (message instanceof HttpRequest) {
                begins((ChannelHandlerContext) context);
                return;
            }
        }
    }

    private static void begins(ChannelHandlerContext codec) {
        ChannelPipeline pipeline = codec.pipeline();
        if (pipeline.get(NAME) == null) {
            pipeline.addAfter(encoder(codec), NAME, new Http1Handler(ReactorNetty.decidedBy(pipeline)));
        }
    }

    /** The name of what encodes responses: the codec itself if it is one, or a handler behind the decoder. */
    private static String encoder(ChannelHandlerContext codec) {
        if (codec.handler() instanceof CombinedChannelDuplexHandler) {
            return codec.name();
        }
        boolean isBehind = false;
        String name = null;
        for (Map.Entry<String, ChannelHandler> entry : codec.pipeline()) {
            isBehind |= entry.getKey().equals(codec.name());
            if (entry.getValue() instanceof HttpObjectEncoder) {
                name = isBehind ? entry.getKey() : codec.name();
            }
        }
        if (name == null) {
            throw new IllegalStateException("there is no HttpResponseEncoder in the pipeline "
                    + codec.pipeline().names());
        }
        return name;
    }

    @Override
    public void frameRead(Object context) {
        Http2Requests.listenTo((ChannelHandlerContext) context);
    }
}
