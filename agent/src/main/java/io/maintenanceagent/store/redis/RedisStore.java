package io.maintenanceagent.store.redis;

import io.maintenanceagent.api.InstanceRegistry;
import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.state.StateParser;
import java.io.IOException;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/**
 * A state under a key of a Redis server (5 or later), which many JVMs follow at once.
 *
 * <p>The key is polled. Announced changes are seen sooner: this class publishes its writes on the channel
 * {@code KEY:changed@DATABASE}, and a server with keyspace notifications announces all others.
 *
 * <p>A reading fails, and the reader keeps the last known state, while the server is away, after a restart that has
 * lost the key, and where another server without the key has taken over.
 *
 * <p>Safe for any thread: one at a time asks the server, one waits for changes, and {@link #close} waits for none. Has
 * no thread of its own.
 */
final class RedisStore implements StateStore {

    /**
     * For changes that are not announced: a fleet enforces a flip within half a second. Costs each JVM five small round
     * trips a second.
     */
    private static final int POLL_MILLIS = 200;

    /** One byte more than a state may have, so that the reader sees that there are too many. */
    private static final String LAST_INDEX = Integer.toString(StateParser.MAX_BYTES);

    private static final String COMPARE_AND_SET =
            "local held = redis.call('EXISTS', KEYS[1]) == 1 and redis.call('GETRANGE', KEYS[1], 0, ARGV[1])\n"
                    + "if held ~= (ARGV[2] == '1' and ARGV[3]) then return 0 end\n"
                    + "if ARGV[4] == '1' then redis.call('SET', KEYS[1], ARGV[5]) else redis.call('DEL', KEYS[1]) end\n"
                    + "redis.pcall('PUBLISH', ARGV[6], 'changed')\n"
                    + "return 1";

    private static final byte[] NOTHING = {};

    private final RedisAddress address;
    private final String channel;
    private final RedisClient client;
    private final RedisSubscription subscription;
    private final RedisInstances instances;
    private final KeyHistory history = new KeyHistory();

    /** @param address the server and the key; not connected to before the first reading */
    RedisStore(RedisAddress address) {
        this.address = address;
        this.channel = address.key() + ":changed@" + address.database();
        this.client = new RedisClient(address);
        this.subscription =
                new RedisSubscription(address, channel, "__keyspace@" + address.database() + "__:" + address.key());
        this.instances = new RedisInstances(client, address.key());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads at most one byte more than a state may have.
     */
    @Override
    public synchronized byte[] read() throws IOException {
        return client.ask(new RedisClient.Call<StoredValue>() {
                    @Override
                    public StoredValue on(ServerConnection server) {
                        server.sendCommand(Command.GETRANGE, address.key(), "0", LAST_INDEX);
                        server.sendCommand(Command.PTTL, address.key());
                        List<Object> replies = RedisReplies.checked(server.getMany(2));
                        return new StoredValue((byte[]) replies.get(0), (Long) replies.get(1), server.run());
                    }
                })
                .content(history);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Listens on a second connection, on the caller's thread.
     */
    @Override
    public void awaitChange() throws InterruptedException {
        subscription.await(POLL_MILLIS, client.isConnected());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Atomic on the server. Removes the key's time to live. If the connection fails meanwhile, the content may have
     * been written.
     */
    @Override
    public boolean compareAndSet(final byte[] expected, final byte[] content) throws IOException {
        return client.askOnce(new RedisClient.Call<Boolean>() {
            @Override
            public Boolean on(ServerConnection server) {
                server.sendCommand(
                        Command.EVAL,
                        RedisReplies.bytes(COMPARE_AND_SET),
                        RedisReplies.bytes("1"),
                        RedisReplies.bytes(address.key()),
                        RedisReplies.bytes(LAST_INDEX),
                        flag(expected),
                        expected == null ? NOTHING : expected,
                        flag(content),
                        content == null ? NOTHING : content,
                        RedisReplies.bytes(channel));
                return server.getIntegerReply() == 1;
            }
        });
    }

    private static byte[] flag(byte[] content) {
        return RedisReplies.bytes(content == null ? "0" : "1");
    }

    @Override
    public InstanceRegistry instances() {
        return instances;
    }

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public void close() {
        client.close();
        subscription.close();
    }
}
