package io.maintenanceagent.socket;

import io.maintenanceagent.work.Fields;

/**
 * WebSockets of Netty, and of what is built on it. What is shown is an object of the agent's own in the pipeline, made
 * when the handshake is answered, on whatever thread.
 */
final class NettySocketAdapter implements SocketAdapter {

    @Override
    public Object connection(Object opened) {
        return opened;
    }

    @Override
    public boolean isHandshake(Object opened) {
        return true;
    }

    @Override
    public Object request(Object opened) {
        return Fields.call(opened, "request");
    }

    @Override
    public boolean isSocket(Object opened) {
        return true;
    }

    @Override
    public boolean isOpen(Object socket) {
        return Boolean.TRUE.equals(Fields.call(socket, "isOpen"));
    }

    @Override
    public boolean close(Object socket, int code, String reason) throws ReflectiveOperationException {
        Fields.invoke(socket, "close", code, reason);
        return true;
    }

    @Override
    public void abort(Object socket) throws ReflectiveOperationException {
        Fields.invoke(socket, "abort");
    }
}
