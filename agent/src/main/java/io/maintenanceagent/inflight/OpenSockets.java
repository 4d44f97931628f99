package io.maintenanceagent.inflight;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The WebSockets that were opened since the agent came, each known by an object of its server, until that is collected
 * or the socket is found to be closed. That is one entry when a socket is opened, and nothing for its messages. Safe
 * for any thread.
 */
public final class OpenSockets {

    private final ConcurrentMap<WeakIdentity, OpenSocket> sockets = new ConcurrentHashMap<WeakIdentity, OpenSocket>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<Object>();

    /**
     * Adds a socket whose handshake is running.
     *
     * @param connection the object that handshake and socket are known by
     * @param handshake the request
     * @return the socket
     */
    public OpenSocket add(Object connection, InFlightRequest handshake) {
        forgetCollected();
        OpenSocket opened = new OpenSocket(handshake);
        sockets.put(new WeakIdentity(connection, collected), opened);
        return opened;
    }

    /**
     * Returns a socket.
     *
     * @param connection the object that it is known by
     * @return {@code null} if there is none
     */
    public OpenSocket get(Object connection) {
        return sockets.isEmpty() ? null : sockets.get(new WeakIdentity(connection, null));
    }

    /** Returns whether there is any. */
    public boolean isAny() {
        return !sockets.isEmpty();
    }

    /** Returns all of them; removing one from the collection removes it here. */
    public Collection<OpenSocket> all() {
        forgetCollected();
        return sockets.values();
    }

    private void forgetCollected() {
        for (Reference<?> key = collected.poll(); key != null; key = collected.poll()) {
            sockets.remove(key);
        }
    }
}
