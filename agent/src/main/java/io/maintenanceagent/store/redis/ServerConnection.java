package io.maintenanceagent.store.redis;

import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;

/** A connection for commands, to a server whose run id is known. */
final class ServerConnection extends Connection {

    /** How long the server may be silent when it is to answer, in milliseconds. */
    private static final int ANSWER_MILLIS = 1_000;

    private static final String RUN_ID = "run_id:";

    private String run;

    private ServerConnection(RedisAddress address) {
        super(new HostAndPort(address.host(), address.port()), new ClientSettings(address, ANSWER_MILLIS));
    }

    /** Connects, which takes a while; throws what the client library throws. */
    static ServerConnection open(RedisAddress address) {
        ServerConnection server = new ServerConnection(address);
        try {
            RedisReplies.introduce(server);
            server.run = server.runId();
        } catch (RuntimeException | Error e) {
            RedisReplies.disconnect(server);
            throw e;
        }
        return server;
    }

    /**
     * Returns the server's run id, which changes at a restart, or {@code null} if the server does not tell it to this
     * user.
     */
    String run() {
        return run;
    }

    private String runId() {
        Object info = RedisReplies.ifAllowed(this, Command.INFO, "server");
        if (info != null) {
            for (String line : RedisReplies.text(info).split("\r?\n")) {
                if (line.startsWith(RUN_ID)) {
                    return line.substring(RUN_ID.length()).trim();
                }
            }
        }
        return null;
    }
}
