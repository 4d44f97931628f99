package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The server that holds the key, during one call; and in a cluster the node that the key's slot is being moved to, for
 * what is there already. A command has one key at most: while a slot is being moved, a node cannot answer others.
 */
final class Session {

    /** The server that was located is not the one any more; the topology knows the other one. */
    static final class Rerouted extends IOException {
        private static final long serialVersionUID = 1L;

        Rerouted() {
            super("another server has taken over");
        }
    }

    /** Gives connections to further nodes of a cluster, to be kept. */
    interface Nodes {

        /**
         * Returns a connection.
         *
         * @param node a node of the cluster
         */
        RedisConnection connected(Endpoint node) throws IOException;
    }

    private final RedisConnection server;
    private final Topology topology;
    private final Nodes nodes;
    private RedisConnection answering;
    private boolean repeatable = true;

    /**
     * @param server the located server
     * @param topology tells whether it still is the one
     * @param nodes gives connections to where the server sends a command
     */
    Session(RedisConnection server, Topology topology, Nodes nodes) {
        this.server = server;
        this.topology = topology;
        this.nodes = nodes;
        this.answering = server;
    }

    /**
     * Sends commands, and returns their replies.
     *
     * @throws ErrorReply the first error among them
     */
    List<Object> ask(Command... commands) throws IOException {
        List<Object> replies = server.ask(commands);
        answering = server;
        for (int i = 0; i < commands.length; i++) {
            if (replies.get(i) instanceof ErrorReply && ((ErrorReply) replies.get(i)).isAsk()) {
                answering = nodes.connected(((ErrorReply) replies.get(i)).target(server.endpoint()));
                replies.set(i, answering.ask(new Command("ASKING"), commands[i]).get(1));
            }
        }
        return checked(replies);
    }

    /** Sends a command that is not to be sent a second time if the connection fails; otherwise as {@link #ask}. */
    Object askOnce(Command command) throws IOException {
        repeatable = false;
        return ask(command).get(0);
    }

    /** Returns whether the whole call may be made again after the connection has failed. */
    boolean isRepeatable() {
        return repeatable;
    }

    /** Returns the connection that the last reply came over, for questions that have no key. */
    RedisConnection answering() {
        return answering;
    }

    /** Returns what the server tells of itself that replied last. */
    ReplicationInfo info() throws IOException {
        StringBuilder info = new StringBuilder();
        for (Object reply : answering.askIfAllowed(new Command("INFO", "server"), new Command("INFO", "replication"))) {
            info.append(reply == null ? "" : RedisConnection.text(reply)).append('\n');
        }
        return new ReplicationInfo(info.toString());
    }

    /**
     * Has others confirm the server, as far as there are others.
     *
     * @throws Rerouted if it is not the one any more
     */
    void confirm() throws IOException {
        if (!topology.confirm(server.endpoint()).equals(server.endpoint())) {
            throw new Rerouted();
        }
    }

    private static List<Object> checked(List<Object> replies) throws ErrorReply {
        for (Object reply : replies) {
            if (reply instanceof ErrorReply) {
                throw (ErrorReply) reply;
            }
        }
        return new ArrayList<Object>(replies);
    }
}
