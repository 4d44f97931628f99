package io.maintenanceagent.socket;

import io.maintenanceagent.work.Fields;
import java.lang.reflect.Method;

/**
 * WebSockets of Jetty 10 and later: the sessions of its core, on which those of its own API, of the standard one, and
 * of Spring are built. Made within the handshake. Clients have them as well.
 */
final class JettySocketAdapter implements SocketAdapter {

    @Override
    public Object connection(Object opened) {
        return isHandshake(opened) ? opened : null;
    }

    @Override
    public boolean isHandshake(Object opened) {
        return "SERVER".equals(String.valueOf(Fields.call(opened, "getBehavior")));
    }

    @Override
    public boolean isSocket(Object opened) {
        return true;
    }

    @Override
    public boolean isOpen(Object session) {
        return Fields.get(session, "connection") != null && !Boolean.TRUE.equals(Fields.call(session, "isClosed"));
    }

    @Override
    public boolean close(Object session, int code, String reason) throws ReflectiveOperationException {
        if (!Boolean.TRUE.equals(Fields.call(session, "isOutputOpen"))) {
            return false;
        }
        for (Method method : session.getClass().getMethods()) {
            Class<?>[] types = method.getParameterTypes();
            if (method.getName().equals("close") && types.length == 3 && types[0] == int.class) {
                method.invoke(session, code, reason, types[2].getField("NOOP").get(null));
                return true;
            }
        }
        throw new NoSuchMethodException(session.getClass().getName() + ".close");
    }

    @Override
    public void abort(Object session) throws ReflectiveOperationException {
        Fields.invoke(session, "abort");
    }
}
