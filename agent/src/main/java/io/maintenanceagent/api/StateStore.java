package io.maintenanceagent.api;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/**
 * Where a state is kept that several JVMs and their operators share, and where these JVMs tell that they are there.
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
     * Waits until another reading may bring something new. A store that can tell returns at a change; one that cannot,
     * or not always, returns after a time that its changes may go unseen for, a second at the most. Never fails: what
     * there is to say, {@link #read} says.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void awaitChange() throws InterruptedException;

    /**
     * Writes a content, if the store still holds what the writer thinks it holds. Readers see the old content or the
     * new one, never a mixture.
     *
     * @param expected what the store held when it was read; {@code null} for nothing
     * @param content what it is to hold; {@code null} for nothing
     * @return whether it was written; {@code false} if somebody else was faster
     * @throws IOException if it cannot be written
     */
    boolean compareAndSet(byte[] expected, byte[] content) throws IOException;

    /**
     * Asked before each report, as often as the store is read.
     *
     * @return whether somebody may want to know of instances now
     */
    default boolean wantsReports() {
        return true;
    }

    /**
     * Tells that an instance is there, in place of what it told before.
     *
     * @param instance the instance's own name in this store: letters, digits, dots, hyphens and underscores
     * @param report what it has to tell
     * @param ttlMillis how long it is to be listed unless it tells again, in milliseconds
     * @throws IOException if it cannot be told
     */
    void report(String instance, byte[] report, long ttlMillis) throws IOException;

    /**
     * Tells that an instance is gone, before its time has run out.
     *
     * @param instance the instance's own name in this store
     * @throws IOException if it cannot be told
     */
    void withdraw(String instance) throws IOException;

    /**
     * Lists the instances whose time has not run out.
     *
     * @return the newest report of each instance, by its name
     * @throws IOException if it cannot be known
     */
    Map<String, byte[]> instances() throws IOException;

    /** Returns what this store is called in messages: a path, or a URI without a password. */
    String name();

    /** Lets go of threads and connections. Reports stay until their time has run out. May be called from any thread. */
    @Override
    void close();
}
