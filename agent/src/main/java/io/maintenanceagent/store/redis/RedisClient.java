package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.redis.RedisProblem.WrongServer;
import io.maintenanceagent.store.remote.Backoff;
import io.maintenanceagent.store.remote.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * One connection to the server that holds the key, made when it is needed and made again when it is lost, or when the
 * key is elsewhere. After a failure the client waits before it asks the same server again; meanwhile calls fail at once
 * with the same message.
 *
 * <p>Safe for any thread: one at a time asks, others wait, and {@link #close} does not wait.
 */
final class RedisClient implements Closeable, Session.Nodes {

    /**
     * What is asked of a server, once it is connected. Made again from its beginning if the server was the wrong one.
     */
    interface Call<T> {

        /**
         * Returns the answer.
         *
         * @param server the server
         */
        T on(Session server) throws IOException;
    }

    /** How often a call is sent elsewhere. */
    private static final int MAX_HOPS = 5;

    private static final long MOVING_MILLIS = 20;

    private final Topology topology;
    private final ConnectionSettings settings;
    private final Backoff backoff = new Backoff();

    /** Why the server did not answer last; {@code null} once it has answered. */
    private RedisFailure outage;

    /** The server that was connected to last. */
    private Endpoint connectedTo;

    private long backoffEndNanos;

    private volatile RedisConnection connection;

    /** To the node of a cluster that the key's slot is being moved to. */
    private volatile RedisConnection importing;

    private volatile boolean closed;

    /**
     * @param topology knows the server
     * @param settings how to connect to it
     */
    RedisClient(Topology topology, ConnectionSettings settings) {
        this.topology = topology;
        this.settings = settings;
    }

    /**
     * Makes a call. It is made again if the connection has ended since it was last used, unless the call has sent what
     * may be sent once only.
     *
     * @throws RedisProblem if there is no answer, or a bad one
     */
    synchronized <T> T ask(Call<T> call) throws IOException {
        for (int hops = 0; ; hops++) {
            boolean used = connection != null;
            boolean repeatable = true;
            try {
                RedisConnection server = connected();
                Session session = new Session(server, topology, this);
                try {
                    T answer = call.on(session);
                    answers();
                    return answer;
                } finally {
                    repeatable = session.isRepeatable();
                }
            } catch (Error e) {
                // The rest of a reply would be taken for the reply to the next command.
                disconnect();
                throw e;
            } catch (IOException | RuntimeException e) {
                boolean again = e instanceof ErrorReply && topology.isNamed()
                        ? isElsewhere((ErrorReply) e)
                        : e instanceof Session.Rerouted
                                || repeatable && isLost(e) && (used && !isSilence(e) || isSucceeded());
                if (!again || closed || hops == MAX_HOPS) {
                    throw failed(e);
                }
                if (!(e instanceof ErrorReply)) {
                    disconnect();
                }
            }
        }
    }

    /** Returns the server that answered when it was last asked, or {@code null}. */
    Endpoint server() {
        RedisConnection server = connection;
        return server == null ? null : server.endpoint();
    }

    @Override
    public void close() {
        closed = true;
        topology.close();
        disconnect();
    }

    @Override
    public RedisConnection connected(Endpoint node) throws IOException {
        RedisConnection open = importing;
        if (open == null || !open.endpoint().equals(node)) {
            close(open);
            open = RedisConnection.open(node, settings);
            importing = open;
            if (closed) {
                disconnect();
            }
        }
        return open;
    }

    private RedisConnection connected() throws IOException {
        if (closed) {
            throw new RedisProblem("is closed");
        }
        Endpoint located = topology.locate();
        RedisConnection server = connection;
        if (server != null && !server.endpoint().equals(located)) {
            disconnect();
            server = null;
        }
        if (server == null) {
            if (outage != null && located.equals(connectedTo) && System.nanoTime() - backoffEndNanos < 0) {
                throw outage.toException();
            }
            if (!located.equals(connectedTo)) {
                backoff.reset();
            }
            connectedTo = located;
            server = RedisConnection.open(located, settings);
            // Assign the field, then check closed; close does the opposite, so one of the two threads sees the other.
            connection = server;
            if (closed) {
                disconnect();
                throw new RedisProblem("is closed");
            }
        }
        return server;
    }

    /** Looks elsewhere if an error says that this is the wrong place, or not yet, and returns whether it does. */
    private boolean isElsewhere(ErrorReply error) {
        String code = error.code();
        if (error.isMoved()) {
            RedisConnection server = connection;
            try {
                topology.invalidate(server == null ? null : error.target(server.endpoint()));
                return server != null;
            } catch (ErrorReply e) {
                return false;
            }
        }
        if (code.equals("TRYAGAIN") || error.isAsk()) {
            try {
                Thread.sleep(MOVING_MILLIS);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        if (code.equals("CLUSTERDOWN") || code.equals("READONLY") || code.equals("MASTERDOWN")) {
            topology.invalidate(null);
        }
        return false;
    }

    /** Whether there is no connection any more, or never was. */
    private static boolean isLost(Exception e) {
        return e instanceof IOException && !(e instanceof RedisProblem) && !(e instanceof ErrorReply);
    }

    private static boolean isSilence(Exception e) {
        return RedisFailure.of(e, null).isSilence();
    }

    /** Whether another server has taken over from the one that was asked last. */
    private boolean isSucceeded() {
        topology.invalidate(null);
        try {
            return !topology.locate().equals(connectedTo);
        } catch (RedisProblem e) {
            return false;
        }
    }

    private void answers() {
        outage = null;
        backoff.reset();
    }

    /** Returns what to throw. A server that replied with an error is reachable, so there is no backoff. */
    private IOException failed(Exception e) {
        RedisFailure failure = RedisFailure.of(e, topology.isNamed() ? connectedTo : null);
        if (e instanceof RedisProblem && !(e instanceof WrongServer)) {
            return (RedisProblem) e;
        }
        if (connection != null && failure.isAnswer()) {
            answers();
            if (((ErrorReply) e).getMessage().contains("READONLY")) {
                // After a fail-over the name may lead to another server by now.
                disconnect();
            }
            return failure.toException();
        }
        disconnect();
        topology.invalidate(null);
        // The same outage looks different from one attempt to the next: a reset, then a refused connection.
        if (outage == null || outage.isAnswer() || failure.isAnswer() || e instanceof WrongServer) {
            outage = failure;
        }
        backoffEndNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis());
        return outage.toException();
    }

    private void disconnect() {
        RedisConnection server = connection;
        RedisConnection next = importing;
        connection = null;
        importing = null;
        close(server);
        close(next);
    }

    private static void close(RedisConnection connection) {
        if (connection != null) {
            connection.close();
        }
    }
}
