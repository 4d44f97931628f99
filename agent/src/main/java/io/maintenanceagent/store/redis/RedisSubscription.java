package io.maintenanceagent.store.redis;

import java.io.Closeable;
import java.util.concurrent.TimeUnit;

/**
 * Hears of changes, on a connection of its own. Messages that are missed (while there is no connection, or where the
 * server sends none, or this user may not have them) cost time and nothing else: the state is also polled. So failures
 * are not reported either; whoever polls meets them too.
 *
 * <p>For one thread that waits; {@link #close} may come from any.
 */
final class RedisSubscription implements Closeable {

    private final RedisAddress address;
    private final String[] channels;
    private final Backoff backoff = new Backoff();

    private long peaceEndNanos = System.nanoTime();

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
     * @param reachable whether the server was there a moment ago, so that connecting to it makes sense
     * @throws InterruptedException if the thread is interrupted; seen when the time is over
     */
    void await(int millis, boolean reachable) throws InterruptedException {
        if (connection == null && !(reachable && System.nanoTime() - peaceEndNanos >= 0)) {
            Thread.sleep(millis);
            return;
        }
        try {
            connected().await(millis);
            backoff.reset();
        } catch (RuntimeException | Error e) {
            disconnect();
            peaceEndNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis());
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
            // First shown, then asked whether it is wanted; close does it the other way round: one sees the other.
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
