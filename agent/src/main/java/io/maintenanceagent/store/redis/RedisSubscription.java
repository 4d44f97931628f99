package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Backoff;
import java.io.Closeable;
import java.util.concurrent.TimeUnit;

/**
 * Listens for changes on a connection of its own. Missed messages (no connection, no notifications, no permission) only
 * delay a flip, since the state is also polled. So failures are not reported here; polling reports them.
 *
 * <p>One thread waits; any thread may call {@link #close}.
 */
final class RedisSubscription implements Closeable {

    private final RedisAddress address;
    private final String[] channels;
    private final Backoff backoff = new Backoff();

    private long backoffEndNanos = System.nanoTime();

    private volatile ListeningConnection connection;
    private volatile boolean closed;

    /**
     * @param address the server
     * @param channels what to listen to
     */
    RedisSubscription(RedisAddress address, String... channels) {
        this.address = address;
        this.channels = channels;
    }

    /**
     * Waits for a message, or anything that may mean that one was missed.
     *
     * @param millis how long to wait, in milliseconds
     * @param reachable whether the server answered a moment ago; if not, this does not connect
     * @throws InterruptedException if the thread is interrupted; seen when the time has passed
     */
    void await(int millis, boolean reachable) throws InterruptedException {
        if (connection == null && !(reachable && System.nanoTime() - backoffEndNanos >= 0)) {
            Thread.sleep(millis);
            return;
        }
        try {
            connected().await(millis);
            backoff.reset();
        } catch (RuntimeException | Error e) {
            disconnect();
            backoffEndNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis());
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private ListeningConnection connected() {
        ListeningConnection server = connection;
        if (server == null) {
            server = ListeningConnection.open(address, channels);
            // Assign the field, then check closed; close does the opposite, so one of the two threads sees the other.
            connection = server;
            if (closed) {
                disconnect();
            }
        }
        return server;
    }

    private void disconnect() {
        ListeningConnection server = connection;
        connection = null;
        RedisReplies.disconnect(server);
    }
}
