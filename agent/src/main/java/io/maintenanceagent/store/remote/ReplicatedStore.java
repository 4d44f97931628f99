package io.maintenanceagent.store.remote;

/** A store that copies what was written to others, and may lose what none of them has. */
public interface ReplicatedStore {

    /**
     * Returns what is uncertain about the last content that this object has written, a clause that reads well behind
     * the store's name; {@code null} if nothing is known to be.
     */
    String lastWriteRisk();
}
