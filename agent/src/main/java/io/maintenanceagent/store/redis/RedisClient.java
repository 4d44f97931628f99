package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Backoff;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * One connection to a server, made when it is needed and made again when it is lost. After a failure the client waits
 * before it asks again; meanwhile calls fail at once with the same message.
 *
 * <p>Safe for any thread: one at a time asks, others wait, and {@link #close} does not wait.
 */
final class RedisClient implements Closeable {

    /** A command to the server, once it is connected. */
    interface Call<T> {

        /**
         * Returns the answer.
         *
         * @param server the connection
         */
        T on(ServerConnection server);
    }

    private final RedisAddress address;
    private final Backoff backoff = new Backoff();

    /** Why the server did not answer last; {@code null} once it has answered. */
    private RedisFailure outage;

    private long backoffEndNanos;

    private volatile ServerConnection connection;
    private volatile boolean closed;

    /** @param address the server */
    RedisClient(RedisAddress address) {
        this.address = address;
    }

    /**
     * Sends a command that may be sent twice: it is, if the connection has ended since it was last used.
     *
     * @throws IOException if there is no answer, or a bad one; the message is a clause behind the server's name
     */
    synchronized <T> T ask(Call<T> call) throws IOException {
        ServerConnection used = connection;
        if (used != null) {
            try {
                return answer(used, call);
            } catch (RuntimeException e) {
                RedisFailure failure = RedisFailure.of(e);
                if (failure.isAnswer() || failure.isSilence()) {
                    throw failed(failure);
                }
                disconnect();
            }
        }
        return askOnce(call);
    }

    /** Sends a command that must not be sent twice; otherwise as {@link #ask}. */
    synchronized <T> T askOnce(Call<T> call) throws IOException {
        try {
            return answer(connected(), call);
        } catch (RuntimeException e) {
            throw failed(RedisFailure.of(e));
        }
    }

    /** Returns whether the server answered when it was last asked. */
    boolean isConnected() {
        return connection != null;
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private ServerConnection connected() throws IOException {
        if (closed) {
            throw new IOException("is closed");
        }
        ServerConnection server = connection;
        if (server == null) {
            if (outage != null && System.nanoTime() - backoffEndNanos < 0) {
                throw outage.toException();
            }
            server = ServerConnection.open(address);
            // Assign the field, then check closed; close does the opposite, so one of the two threads sees the other.
            connection = server;
            if (closed) {
                disconnect();
                throw new IOException("is closed");
            }
        }
        return server;
    }

    private <T> T answer(ServerConnection server, Call<T> call) {
        try {
            T answer = call.on(server);
            answers();
            return answer;
        } catch (Error e) {
            // The rest of a reply would be taken for the reply to the next command.
            disconnect();
            throw e;
        }
    }

    private void answers() {
        outage = null;
        backoff.reset();
    }

    /** Returns what to throw. A server that replied with an error is reachable, so there is no backoff. */
    private IOException failed(RedisFailure failure) {
        if (connection != null && failure.isAnswer()) {
            answers();
            if (failure.isReadOnly()) {
                // After a fail-over the name may lead to another server by now.
                disconnect();
            }
            return failure.toException();
        }
        disconnect();
        // The same outage looks different from one attempt to the next: a reset, then a refused connection.
        if (outage == null || outage.isAnswer() || failure.isAnswer()) {
            outage = failure;
        }
        backoffEndNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis());
        return outage.toException();
    }

    private void disconnect() {
        ServerConnection server = connection;
        connection = null;
        RedisReplies.disconnect(server);
    }
}
