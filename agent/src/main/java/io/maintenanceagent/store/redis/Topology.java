package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Endpoint;
import java.io.Closeable;

/** Knows which server holds the key. Only one thread at a time calls it, but any thread {@link #close}. */
interface Topology extends Closeable {

    /**
     * Returns the server that holds the key now. Asks others if that is due, which takes a while; else it is quick.
     *
     * @throws RedisProblem if it cannot be known
     */
    Endpoint locate() throws RedisProblem;

    /**
     * Asks others now whether a server still is the one, as far as there are others.
     *
     * @param server a server that was located
     * @return the server that holds the key now, perhaps another one
     * @throws RedisProblem if it cannot be known
     */
    Endpoint confirm(Endpoint server) throws RedisProblem;

    /**
     * Takes note that the located server failed or does not want to be it, so that others are asked soon.
     *
     * @param hint another server that knows better, or {@code null}
     */
    void invalidate(Endpoint hint);

    /** Returns whether a server's name says more than the store's own, so that errors have to name it. */
    boolean isNamed();

    /** Closes the connections to others. */
    @Override
    void close();

    /** The one server that the URI names, which nobody confirms. */
    final class Single implements Topology {

        private final Endpoint server;

        Single(Endpoint server) {
            this.server = server;
        }

        @Override
        public Endpoint locate() {
            return server;
        }

        @Override
        public Endpoint confirm(Endpoint asked) {
            return server;
        }

        @Override
        public void invalidate(Endpoint hint) {
            // there is no other
        }

        @Override
        public boolean isNamed() {
            return false;
        }

        @Override
        public void close() {}
    }
}
