package io.maintenanceagent.socket;

import io.maintenanceagent.work.Fields;
import java.lang.reflect.Method;
import java.util.Map;

/**
 * WebSockets of Tomcat 7 and later. What is shown is the handler of the upgraded connection, which is made within the
 * handshake; it has the session once the handshake is over, and loses its connection when that is closed and no thread
 * is at it.
 */
final class TomcatSocketAdapter implements SocketAdapter {

    /** How long a client may take that does not read, in milliseconds; else Tomcat waits for 20 seconds. */
    private static final long SEND_MILLIS = 500;

    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    @Override
    public Object connection(Object opened) {
        return opened;
    }

    @Override
    public boolean isHandshake(Object opened) {
        return true;
    }

    @Override
    public boolean isSocket(Object opened) {
        return true;
    }

    @Override
    public boolean isOpen(Object handler) {
        Object session = Fields.get(handler, "wsSession");
        return session != null
                && Fields.get(handler, "connection") != null
                && !Boolean.TRUE.equals(Fields.call(session, "isClosed")); // which Tomcat 7 does not have
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean close(Object handler, int code, String reason) throws ReflectiveOperationException {
        Object session = Fields.get(handler, "wsSession");
        if (session == null) {
            return false;
        }
        Object properties = Fields.call(session, "getUserProperties");
        if (properties instanceof Map) {
            ((Map<String, Object>) properties).put(SEND_TIMEOUT, SEND_MILLIS);
        }
        Method close = closeWithReason(session.getClass());
        close.invoke(session, reason(close.getParameterTypes()[0], code, reason));
        return true;
    }

    /** The API's own method, in either namespace. */
    private static Method closeWithReason(Class<?> session) throws NoSuchMethodException {
        for (Method method : session.getMethods()) {
            if (method.getName().equals("close") && method.getParameterCount() == 1) {
                return method;
            }
        }
        throw new NoSuchMethodException(session.getName() + ".close");
    }

    private static Object reason(Class<?> type, int code, String phrase) throws ReflectiveOperationException {
        Class<?> codes = Class.forName(type.getName() + "$CloseCodes", true, type.getClassLoader());
        Class<?> codeType = Class.forName(type.getName() + "$CloseCode", true, type.getClassLoader());
        Object closeCode = codes.getMethod("getCloseCode", int.class).invoke(null, code);
        return type.getConstructor(codeType, String.class).newInstance(closeCode, phrase);
    }

    /** Through Tomcat's own threads, which wait for one that is at a message. Tomcat 7 has another way. */
    @Override
    public void abort(Object handler) throws ReflectiveOperationException {
        Object wrapper = Fields.get(handler, "socketWrapper");
        for (Method method :
                wrapper == null ? new Method[0] : wrapper.getClass().getMethods()) {
            if (method.getName().equals("processSocket") && method.getParameterCount() == 2) {
                method.setAccessible(true);
                method.invoke(wrapper, disconnected(method.getParameterTypes()[0]), true);
                return;
            }
        }
        Object connection = Fields.get(handler, "connection");
        if (connection != null) {
            Fields.invoke(connection, "close");
        }
    }

    private static Object disconnected(Class<?> event) {
        for (Object constant : event.getEnumConstants()) {
            if (constant.toString().equals("DISCONNECT")) {
                return constant;
            }
        }
        throw new IllegalStateException(event.getName());
    }
}
