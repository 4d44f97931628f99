package io.maintenanceagent.store;

import java.io.IOException;

/** Where a state is kept that several JVMs, and their operators, share. */
public interface StateStore {

    /**
     * Reads what the store holds now. Called by the agent's own thread only, as often as {@link #pollMillis} says.
     *
     * @return the content as it is, not interpreted; {@code null} if there is none
     * @throws IOException if it cannot be known; the message says why, and the last known state stays
     */
    byte[] read() throws IOException;

    /** @return how long to wait between two readings, in milliseconds */
    long pollMillis();

    /** @return what this store is called in messages: a path, or a URI without its password */
    String name();
}
