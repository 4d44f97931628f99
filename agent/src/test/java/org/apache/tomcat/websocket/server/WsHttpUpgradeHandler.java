package org.apache.tomcat.websocket.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the agent sees of Tomcat's class of this name. */
public final class WsHttpUpgradeHandler {

    private volatile Session wsSession;
    private volatile Object connection;
    private final Wrapper socketWrapper = new Wrapper();

    /** The handshake is over. */
    public Session open() {
        connection = new Object();
        wsSession = new Session();
        return wsSession;
    }

    /** As Tomcat does once no thread is at it. */
    public void destroy() {
        connection = null;
    }

    /** What was done with its connection. */
    public List<String> events() {
        return socketWrapper.events;
    }

    /** What Tomcat's class has that does. */
    public static final class Wrapper {
        private final List<String> events = new ArrayList<>();

        public void processSocket(SocketEvent event, boolean dispatch) {
            events.add(event + " " + dispatch);
        }
    }

    /** As Tomcat's. */
    public enum SocketEvent {
        OPEN_READ,
        DISCONNECT
    }

    /** As Tomcat's. */
    public static final class Session {
        private final Map<String, Object> properties = new HashMap<>();
        private volatile String reason;
        private volatile RuntimeException fault;

        public boolean isClosed() {
            return false;
        }

        public Map<String, Object> getUserProperties() {
            return properties;
        }

        public void close() {
            reason = "no reason";
        }

        public void close(CloseReason closeReason) {
            if (fault != null) {
                throw fault;
            }
            reason = closeReason.toString();
        }

        /** With what it was closed; {@code null} if it was not. */
        public String reason() {
            return reason;
        }

        public void failWith(RuntimeException thrown) {
            fault = thrown;
        }
    }

    /** The API's. */
    public record CloseReason(CloseCode code, String phrase) {

        /** The API's. */
        public interface CloseCode {}

        /** The API's. */
        public enum CloseCodes implements CloseCode {
            SERVICE_RESTART;

            public static CloseCode getCloseCode(int code) {
                return code == 1012 ? SERVICE_RESTART : null;
            }
        }
    }
}
