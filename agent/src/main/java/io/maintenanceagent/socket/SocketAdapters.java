package io.maintenanceagent.socket;

/** Which adapter knows the WebSockets of which class. Stateless. */
final class SocketAdapters {

    private static final ClassValue<SocketAdapter> BY_CLASS = new ClassValue<SocketAdapter>() {
        @Override
        protected SocketAdapter computeValue(Class<?> type) {
            for (Class<?> at = type; at != null; at = at.getSuperclass()) {
                SocketAdapter adapter = named(at.getName());
                if (adapter != null) {
                    return adapter;
                }
            }
            return null;
        }
    };

    private SocketAdapters() {}

    /**
     * Returns what knows a socket.
     *
     * @param opened a socket, or the handshake that leads to one
     * @return {@code null} if nothing does
     */
    static SocketAdapter of(Object opened) {
        return BY_CLASS.get(opened.getClass());
    }

    private static SocketAdapter named(String name) {
        switch (name) {
            case "org.apache.tomcat.websocket.server.WsHttpUpgradeHandler":
                return new TomcatSocketAdapter();
            case "org.eclipse.jetty.websocket.core.WebSocketCoreSession":
            case "org.eclipse.jetty.websocket.core.internal.WebSocketCoreSession":
                return new JettySocketAdapter();
            case "org.eclipse.jetty.websocket.common.WebSocketSession":
                return new Jetty9SocketAdapter();
            case "io.undertow.server.HttpServerExchange":
            case "io.undertow.websockets.core.WebSocketChannel":
                return new UndertowSocketAdapter();
            case "io.maintenanceagent.server.netty.handler.NettySocket":
                return new NettySocketAdapter();
            default:
                return null;
        }
    }
}
