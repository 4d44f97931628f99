package io.maintenanceagent.server.netty;

import java.util.List;

/**
 * Puts the agent's handlers into pipelines, connections that have served requests before included. Called by the event
 * loop of the connection. What implements it is loaded beside Netty.
 */
public interface NettyPipelines {

    /**
     * A decoder of HTTP/1 has read something from a connection, which it is about to hand on. Where that begins a
     * request, the agent's handler comes before whoever is handed it.
     *
     * @param context the decoder's {@code ChannelHandlerContext}
     * @param decoded what it hands on
     * @throws IllegalStateException if there is no encoder in the pipeline, so that requests cannot be answered
     */
    void decoded(Object context, List<?> decoded);

    /**
     * A connection of HTTP/2 has read the beginning of a frame, which it is about to hand on. Does nothing for those of
     * clients, and of gRPC, whose calls have entry points of their own.
     *
     * @param context the {@code ChannelHandlerContext} of the connection's handler
     */
    void frameRead(Object context);
}
