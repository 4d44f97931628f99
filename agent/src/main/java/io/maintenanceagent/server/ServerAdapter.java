package io.maintenanceagent.server;

import io.maintenanceagent.entrypoint.EntryPoint;

/**
 * Reads requests at the entry points of one server. Has a public constructor without parameters; one instance serves
 * all threads. It is loaded when a request comes to such an entry point for the first time, and links to nothing of the
 * server, which it meets by method handles.
 */
public interface ServerAdapter {

    /**
     * Reads what has come to an entry point. Called on the request's thread. An exception of the server's objects goes
     * through as it is.
     *
     * @param entryPoint one of the adapter's
     * @param arguments the {@link EntryPoint#arguments} of the method, in their order; {@code null} behind them
     * @return the request and its response; {@code null} if none begins there, or if it cannot be answered there
     */
    Exchange exchange(EntryPoint entryPoint, Object[] arguments);
}
