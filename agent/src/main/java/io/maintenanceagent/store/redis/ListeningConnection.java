package io.maintenanceagent.store.redis;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A connection that hears messages. A long silence is broken with a ping; when that is not answered, nobody is at the
 * other end any more, whatever TCP believes.
 */
final class ListeningConnection extends Connection {

    /** How long the server may be silent when it is to answer, in milliseconds. */
    private static final int ANSWER_MILLIS = 1_000;

    /** How long it may be silent otherwise. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final Object SILENCE = new Object();

    private boolean listening;
    private long heardNanos;
    private boolean pinged;

    private ListeningConnection(RedisAddress address) {
        super(new HostAndPort(address.host(), address.port()), new ClientSettings(address, ANSWER_MILLIS));
    }

    /** Connects, which takes a while, and asks for the messages of some channels; throws what the client library throws. */
    static ListeningConnection open(RedisAddress address, String... channels) {
        ListeningConnection server = new ListeningConnection(address);
        try {
            Replies.introduce(server);
            for (String channel : channels) {
                server.sendCommand(Command.SUBSCRIBE, channel);
            }
            server.flush();
        } catch (RuntimeException e) {
            Replies.disconnect(server);
            throw e;
        }
        server.listening = true;
        server.heardNanos = System.nanoTime();
        return server;
    }

    /**
     * Waits for something to be heard: that the server has begun to tell, a message, or a pong.
     *
     * @param millis how long to wait, in milliseconds; above 0
     */
    void await(int millis) {
        setSoTimeout(millis);
        if (hears()) {
            heardNanos = System.nanoTime();
            pinged = false;
        } else if (System.nanoTime() - heardNanos > SILENCE_NANOS) {
            if (pinged) {
                throw new JedisConnectionException(new SocketTimeoutException());
            }
            sendCommand(Command.PING);
            flush();
            pinged = true;
            heardNanos = System.nanoTime();
        }
    }

    private boolean hears() {
        try {
            return getUnflushedObject() != SILENCE;
        } catch (JedisDataException notAllowed) {
            // A channel that this user may not listen to: polling has to do.
            return true;
        }
    }

    /** A message that has not begun is no failure, as it is for other connections. */
    @Override
    protected Object protocolRead(RedisInputStream in) {
        if (listening) {
            try {
                in.peek((byte) 0);
            } catch (JedisConnectionException e) {
                if (Failure.of(e).isSilence()) {
                    return SILENCE;
                }
                throw e;
            }
        }
        return super.protocolRead(in);
    }
}
