package io.maintenanceagent.server.netty.handler;

/** What a HEADERS frame says beside its headers. Immutable. */
final class Http2Frame {

    final int streamId;
    final int streamDependency;
    final short weight;
    final boolean exclusive;
    final int padding;
    final boolean endOfStream;

    Http2Frame(int streamId, int streamDependency, short weight, boolean exclusive, int padding, boolean endOfStream) {
        this.streamId = streamId;
        this.streamDependency = streamDependency;
        this.weight = weight;
        this.exclusive = exclusive;
        this.padding = padding;
        this.endOfStream = endOfStream;
    }
}
