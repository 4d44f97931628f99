package io.maintenanceagent.socket;

import io.maintenanceagent.work.Fields;
import java.lang.reflect.Method;

/**
 * WebSockets of Undertow and WildFly. An exchange is shown that is upgraded, to whatever protocol, and later, on a
 * thread of its own, the channel of a WebSocket; both have the connection.
 */
final class UndertowSocketAdapter implements SocketAdapter {

    private static final String EXCHANGE = "io.undertow.server.HttpServerExchange";

    @Override
    public Object connection(Object opened) {
        Object connection = isHandshake(opened) ? Fields.get(opened, "connection") : opened;
        return connection == null ? null : Fields.get(connection, "channel");
    }

    @Override
    public boolean isHandshake(Object opened) {
        return opened.getClass().getName().equals(EXCHANGE);
    }

    @Override
    public boolean isSocket(Object opened) {
        return !isHandshake(opened);
    }

    @Override
    public boolean isOpen(Object channel) {
        return Boolean.TRUE.equals(Fields.call(channel, "isOpen"));
    }

    @Override
    public boolean close(Object channel, int code, String reason) throws ReflectiveOperationException {
        Class<?> sockets = Class.forName(
                "io.undertow.websockets.core.WebSockets",
                true,
                channel.getClass().getClassLoader());
        for (Method method : sockets.getMethods()) {
            Class<?>[] types = method.getParameterTypes();
            if (method.getName().equals("sendClose") && types.length == 4 && types[0] == int.class) {
                method.invoke(null, code, reason, channel, null);
                return true;
            }
        }
        throw new NoSuchMethodException(sockets.getName() + ".sendClose");
    }

    @Override
    public void abort(Object channel) throws ReflectiveOperationException {
        Fields.invoke(channel, "close");
    }
}
