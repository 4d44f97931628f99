package io.maintenanceagent.socket;

import io.maintenanceagent.work.Fields;

/** WebSockets of Jetty 9: sessions of its own API and of the standard one, made within the handshake. */
final class Jetty9SocketAdapter implements SocketAdapter {

    @Override
    public Object connection(Object opened) {
        return isHandshake(opened) ? opened : null;
    }

    @Override
    public boolean isHandshake(Object opened) {
        Object policy = Fields.call(opened, "getPolicy");
        return policy != null && "SERVER".equals(String.valueOf(Fields.call(policy, "getBehavior")));
    }

    @Override
    public boolean isSocket(Object opened) {
        return true;
    }

    @Override
    public boolean isOpen(Object session) {
        return is("isOpen", session);
    }

    @Override
    public boolean close(Object session, int code, String reason) throws ReflectiveOperationException {
        if (!is("canWriteWebSocketFrames", session)) {
            return false;
        }
        Fields.invoke(session, "close", code, reason);
        return true;
    }

    private static boolean is(String what, Object session) {
        Object connection = Fields.get(session, "connection");
        return connection != null && Boolean.TRUE.equals(Fields.call(connection, what));
    }

    @Override
    public void abort(Object session) throws ReflectiveOperationException {
        Fields.invoke(session, "disconnect");
    }
}
