package io.maintenanceagent.api;

import java.io.IOException;
import java.util.Map;

/**
 * Holds the reports of the JVMs that follow a store, so that its operators see what each of them does.
 *
 * <p>Each method may take as long as a time-out of the store's own, never longer. An agent calls all of them from one
 * thread, which is not the one that reads the state; only when its JVM ends, it calls {@link #withdraw} from another
 * one, perhaps while {@link #report} still runs. The command line calls {@link #reports} alone.
 */
public interface InstanceRegistry {

    /** Returns whether instances should report now. Called before each report. */
    default boolean wantsReports() {
        return true;
    }

    /**
     * Stores the report of an instance in place of its last one.
     *
     * @param instance the instance's own name in this store: letters, digits, dots, hyphens and underscores
     * @param report the instance report
     * @param ttlMillis how long the report is listed unless it is stored again, in milliseconds
     * @throws IOException if it cannot be told; the message is a clause that reads well behind "this instance"
     */
    void report(String instance, byte[] report, long ttlMillis) throws IOException;

    /**
     * Removes the report of an instance before it expires.
     *
     * @param instance the instance's own name in this store
     * @throws IOException if it cannot be told
     */
    void withdraw(String instance) throws IOException;

    /**
     * Lists the reports that have not expired.
     *
     * @return the newest report of each instance, by its name
     * @throws IOException if it cannot be known; the message is a clause that reads well behind the store's name
     */
    Map<String, byte[]> reports() throws IOException;
}
