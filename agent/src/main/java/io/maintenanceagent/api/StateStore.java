package io.maintenanceagent.api;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/**
 * Holds a state that several JVMs and their operators share, and the reports of these JVMs.
 *
 * <p>A store keeps bytes and understands none of them. Each method may take as long as a time-out of the store's own,
 * never longer. An agent calls {@link #read} and {@link #awaitChange} from one thread, what has to do with instances
 * from another one at the same time, and nothing from a request's thread. Unless a method says otherwise, one thread at
 * a time calls it.
 */
public interface StateStore extends Closeable {

    /**
     * Reads what the store holds now.
     *
     * @return the content; {@code null} if there is none
     * @throws IOException if it cannot be known; the message is a clause that reads well behind {@link #name}, and the
     *     last known state stays in force
     */
    byte[] read() throws IOException;

    /**
     * Waits until another reading may bring something new. A store that notices changes returns at a change; one that
     * does not, or not always, returns after a while, a second at the most. Never fails: {@link #read} reports errors.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void awaitChange() throws InterruptedException;

    /**
     * Replaces the content, if the store still holds what the writer expects. Readers see the old content or the new
     * one, never a mixture.
     *
     * @param expected what the store held when it was read; {@code null} for nothing
     * @param content what it is to hold; {@code null} for nothing
     * @return whether it was written; {@code false} if the store held something else
     * @throws IOException if it cannot be written
     */
    boolean compareAndSet(byte[] expected, byte[] content) throws IOException;

    /** Returns whether instances should report now. Called before each report, as often as the store is read. */
    default boolean wantsReports() {
        return true;
    }

    /**
     * Stores the report of an instance in place of its last one.
     *
     * @param instance the instance's own name in this store: letters, digits, dots, hyphens and underscores
     * @param report the instance report
     * @param ttlMillis how long the report is listed unless it is stored again, in milliseconds
     * @throws IOException if it cannot be told
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
     * @throws IOException if it cannot be known
     */
    Map<String, byte[]> instances() throws IOException;

    /** Returns what this store is called in messages: a path, or a URI without a password. */
    String name();

    /** Releases threads and connections. Reports stay until they expire. May be called from any thread. */
    @Override
    void close();
}
