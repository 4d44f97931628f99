package io.maintenanceagent.store.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Helpers for replies that both kinds of connections use. */
final class RedisReplies {

    /** This client's name in the server's list of clients. */
    private static final String CLIENT_NAME = "maintenance-agent";

    private RedisReplies() {}

    /** Tells the server this client's name. */
    static void introduce(Connection server) {
        ifAllowed(server, Command.CLIENT, "SETNAME", CLIENT_NAME);
    }

    /**
     * Returns the answer, or {@code null} if the server does not let this user use the command, or has none of the
     * name.
     */
    static Object ifAllowed(Connection server, Command command, String... arguments) {
        server.sendCommand(command, arguments);
        try {
            return server.getOne();
        } catch (JedisAccessControlException ignored) {
            // this user may not use the command
            return null;
        } catch (JedisDataException e) {
            if (String.valueOf(e.getMessage()).contains("unknown command")) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Returns the same, none of them a failure.
     *
     * @param replies from {@link Connection#getMany}, which has failures among them
     * @throws JedisDataException the first of the failures
     */
    static List<Object> checked(List<Object> replies) {
        for (Object reply : replies) {
            if (reply instanceof JedisDataException) {
                throw (JedisDataException) reply;
            }
        }
        return replies;
    }

    static String text(Object reply) {
        return new String((byte[]) reply, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Closes a connection and ignores errors, from any thread.
     *
     * @param connection the connection, or {@code null}
     */
    static void disconnect(Connection connection) {
        if (connection != null) {
            try {
                connection.forceDisconnect();
            } catch (IOException | RuntimeException e) {
                // it was closed already
            }
        }
    }
}
