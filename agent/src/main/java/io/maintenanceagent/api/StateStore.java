package io.maintenanceagent.api;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Holds a state that several JVMs and their operators share. A store that is only read implements {@link #read},
 * {@link #awaitChange}, {@link #name} and {@link #close}.
 *
 * <p>A store keeps bytes and understands none of them. Each method may take as long as a time-out of the store's own,
 * never longer. An agent calls {@link #read} and {@link #awaitChange} from one thread, and nothing from a request's
 * thread. Unless a method says otherwise, one thread at a time calls it.
 */
public interface StateStore extends Closeable {

    /**
     * Reads what the store holds now.
     *
     * @return the content; {@code null} if there is none
     * @throws IOException if it cannot be known; the message is a clause that reads well behind {@link #name}, and the
     *     last known state stays in force
     */
    byte @Nullable [] read() throws IOException;

    /**
     * Waits until another reading may bring something new. A store that is told of changes returns at a change, and
     * after five seconds at the most, so that it is known whether it can be read; one that is not told, or not always,
     * returns after a second at the most. Never fails: {@link #read} reports errors.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void awaitChange() throws InterruptedException;

    /**
     * Replaces the content, if the store still holds what the writer expects. Readers see the old content or the new
     * one, never a mixture. A store that is only read leaves this method as it is.
     *
     * @param expected what the store held when it was read; {@code null} for nothing
     * @param content what it is to hold; {@code null} for nothing
     * @return whether it was written; {@code false} if the store held something else
     * @throws IOException if it cannot be written; the message is a clause that reads well behind {@link #name}
     */
    default boolean compareAndSet(byte @Nullable [] expected, byte @Nullable [] content) throws IOException {
        throw new IOException("is only read, and changed by other means");
    }

    /**
     * Returns where the JVMs that follow this store report; {@code null}, as by default, if they cannot. May be called
     * from any thread.
     */
    default @Nullable InstanceRegistry instances() {
        return null;
    }

    /** Returns what this store is called in messages: a path, or a URI without a password. */
    String name();

    /**
     * Releases threads and connections, and ends what is being read or waited for. Reports stay until they expire. May
     * be called from any thread; the second time it does nothing.
     */
    @Override
    void close();
}
