package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Backoff;
import io.maintenanceagent.store.remote.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Listens for changes on a connection of its own, to the server that is read. Missed messages (no connection, no
 * notifications, no permission) only delay a flip, since the state is also polled. So failures are not reported here;
 * polling reports them.
 *
 * <p>After a long silence it sends a ping; if no reply comes, the connection is lost, even if TCP reports no error.
 *
 * <p>One thread waits; any thread may call {@link #close}.
 */
final class RedisSubscription implements Closeable {

    /** How long the server may be silent. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final ConnectionSettings settings;
    private final String[] channels;
    private final Backoff backoff = new Backoff();

    private long backoffEndNanos = System.nanoTime();
    private long receivedNanos;
    private boolean pinged;

    private volatile boolean announced;
    private volatile RedisConnection connection;
    private volatile boolean closed;

    /**
     * @param settings how to connect
     * @param channels what to listen to
     */
    RedisSubscription(ConnectionSettings settings, String... channels) {
        this.settings = settings;
        this.channels = channels;
    }

    /**
     * Waits for a message, or anything that may mean that one was missed.
     *
     * @param millis how long to wait, in milliseconds
     * @param server the server that answered a moment ago; {@code null} if none did, and then this does not connect
     * @throws InterruptedException if the thread is interrupted; seen when the time has passed
     */
    void await(int millis, Endpoint server) throws InterruptedException {
        RedisConnection open = connection;
        if (open != null && server != null && !open.endpoint().equals(server)) {
            disconnect();
            open = null;
        }
        if (open == null && (server == null || closed || System.nanoTime() - backoffEndNanos < 0)) {
            Thread.sleep(millis);
            return;
        }
        try {
            listen(open == null ? connect(server) : open, millis);
            backoff.reset();
        } catch (IOException | RuntimeException | Error e) {
            disconnect();
            backoffEndNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis());
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Returns whether a write was announced since this was last called. */
    boolean takeAnnouncement() {
        boolean was = announced;
        announced = false;
        return was;
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private RedisConnection connect(Endpoint at) throws IOException {
        RedisConnection server = RedisConnection.open(at, settings);
        // Assign the field, then check closed; close does the opposite, so one of the two threads sees the other.
        connection = server;
        if (closed) {
            disconnect();
        }
        for (String channel : channels) {
            server.send(new Command("SUBSCRIBE", channel));
        }
        receivedNanos = System.nanoTime();
        pinged = false;
        return server;
    }

    /** Returns after a message, after the confirmation of a subscription, or after a while. */
    private void listen(RedisConnection server, int millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            if (!server.awaitInput((int) left)) {
                pingAfterALongSilence(server);
                continue;
            }
            // An error is about a channel that this user may not listen to: polling has to do.
            Object heard = server.receive();
            receivedNanos = System.nanoTime();
            pinged = false;
            String kind = heard instanceof List ? RedisConnection.text(((List<?>) heard).get(0)) : "";
            announced |= kind.equals("message");
            if (kind.endsWith("message") || kind.equals("subscribe")) {
                return;
            }
        }
    }

    private void pingAfterALongSilence(RedisConnection server) throws IOException {
        if (System.nanoTime() - receivedNanos > SILENCE_NANOS) {
            if (pinged) {
                throw new SocketTimeoutException();
            }
            server.send(new Command("PING"));
            pinged = true;
            receivedNanos = System.nanoTime();
        }
    }

    private void disconnect() {
        RedisConnection server = connection;
        connection = null;
        if (server != null) {
            server.close();
        }
    }
}
