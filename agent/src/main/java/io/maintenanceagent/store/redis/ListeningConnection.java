package io.maintenanceagent.store.redis;

import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A connection that receives messages. After a long silence it sends a ping; if no reply comes, the connection is lost,
 * even if TCP reports no error.
 */
final class ListeningConnection extends Connection {

    /** How long the server may be silent when it is to answer, in milliseconds. */
    private static final int ANSWER_MILLIS = 1_000;

    /** How long it may be silent otherwise. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final Object SILENCE = new Object();
    private static final Object PONG = new Object();

    private boolean listening;
    private long receivedNanos;
    private boolean pinged;

    private ListeningConnection(RedisAddress address) {
        super(new HostAndPort(address.host(), address.port()), new ClientSettings(address, ANSWER_MILLIS));
    }

    /**
     * Connects, which takes a while, and asks for the messages of some channels; throws what the client library throws.
     */
    static ListeningConnection open(RedisAddress address, String... channels) {
        ListeningConnection server = new ListeningConnection(address);
        try {
            RedisReplies.introduce(server);
            for (String channel : channels) {
                server.sendCommand(Command.SUBSCRIBE, channel);
            }
            server.flush();
        } catch (RuntimeException | Error e) {
            RedisReplies.disconnect(server);
            throw e;
        }
        server.listening = true;
        server.receivedNanos = System.nanoTime();
        return server;
    }

    /**
     * Waits for a message, or for the confirmation of the subscription.
     *
     * @param millis how long to wait, in milliseconds
     */
    void await(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            setSoTimeout((int) left);
            Object heard = receive();
            if (heard == SILENCE) {
                pingAfterALongOne();
            } else {
                receivedNanos = System.nanoTime();
                pinged = false;
                if (heard != PONG) {
                    return;
                }
            }
        }
    }

    private void pingAfterALongOne() {
        if (System.nanoTime() - receivedNanos > SILENCE_NANOS) {
            if (pinged) {
                throw new JedisConnectionException(new SocketTimeoutException());
            }
            sendCommand(Command.PING);
            flush();
            pinged = true;
            receivedNanos = System.nanoTime();
        }
    }

    private Object receive() {
        try {
            Object reply = getUnflushedObject();
            boolean message = reply instanceof List
                    && !RedisReplies.text(((List<?>) reply).get(0)).equals("pong");
            return reply == SILENCE || message ? reply : PONG;
        } catch (JedisDataException ignored) {
            // A channel that this user may not listen to: polling has to do.
            return PONG;
        }
    }

    /** A message that has not begun is no failure, as it is for other connections. */
    @Override
    protected Object protocolRead(RedisInputStream in) {
        if (listening) {
            try {
                in.peek((byte) 0);
            } catch (JedisConnectionException e) {
                if (RedisFailure.of(e).isSilence()) {
                    return SILENCE;
                }
                throw e;
            }
        }
        return super.protocolRead(in);
    }
}
