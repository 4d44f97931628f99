package io.maintenanceagent.store.redis;

import io.maintenanceagent.api.InstanceRegistry;
import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.store.remote.ReplicatedStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A state under a key of Redis (5 or later): of one server, of a master that sentinels name, or of a cluster. Many JVMs
 * follow it at once.
 *
 * <p>The key is polled. Announced changes are seen sooner: this class publishes its writes on the channel
 * {@code KEY:changed@DATABASE}, and a server with keyspace notifications announces all others.
 *
 * <p>A change counts when the server says that it is a master, and the others of its kind confirm it; see
 * {@link Topology} and {@link ReadingHistory}. Otherwise a reading fails, and the reader keeps the last known state.
 *
 * <p>Safe for any thread: one at a time asks the server, one waits for changes, and {@link #close} waits for none. Has
 * no thread of its own.
 */
final class RedisStore implements StateStore, ReplicatedStore {

    /**
     * For changes that are not announced: a fleet enforces a flip within half a second. Costs each JVM five small round
     * trips a second.
     */
    private static final int POLL_MILLIS = 200;

    private static final long NO_KEY = -2;

    /** How long a writer waits for a replica, in milliseconds: less than for an answer. */
    private static final int REPLICA_MILLIS = 500;

    private static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final String COMPARE_AND_SET =
            "local held = redis.call('EXISTS', KEYS[1]) == 1 and redis.call('GETRANGE', KEYS[1], 0, ARGV[1])\n"
                    + "if held ~= (ARGV[2] == '1' and ARGV[3]) then return 0 end\n"
                    + "if ARGV[4] == '1' then redis.call('SET', KEYS[1], ARGV[5]) else redis.call('DEL', KEYS[1]) end\n"
                    + "redis.pcall('PUBLISH', ARGV[6], 'changed')\n"
                    + "return 1";

    private static final byte[] NOTHING = {};

    private final RedisUri uri;
    private final String channel;
    private final RedisClient client;
    private final RedisSubscription subscription;
    private final RedisInstances instances;
    private final ReadingHistory history = new ReadingHistory();
    private final Command[] reading;

    private RedisProblem refusal;
    private RedisConnection refusedServer;
    private byte[] refusedContent;
    private long refusedNanos;

    private boolean unconfirmed; // the last write

    /** @param uri the servers and the key; not connected to before the first reading */
    RedisStore(RedisUri uri) {
        this.uri = uri;
        String key = uri.key();
        boolean cluster = uri.kind() == RedisUri.Kind.CLUSTER;
        Topology topology = cluster
                ? new Cluster(uri)
                : uri.kind() == RedisUri.Kind.SENTINEL
                        ? new Sentinels(uri)
                        : new Topology.Single(uri.endpoints().get(0));
        this.channel = key + ":changed@" + uri.database();
        this.client = new RedisClient(topology, uri.settings());
        this.subscription =
                new RedisSubscription(uri.settings(), channel, "__keyspace@" + uri.database() + "__:" + key);
        this.instances = new RedisInstances(client, cluster ? HashSlot.sameSlot(key) : key);
        // One byte more than a state may have, so that the reader sees that there are too many.
        this.reading = new Command[] {new Command("GETRANGE", key, 0, StateParser.MAX_BYTES), new Command("PTTL", key)};
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads at most one byte more than a state may have.
     */
    @Override
    public synchronized byte[] read() throws IOException {
        final boolean announced = subscription.takeAnnouncement();
        return client.ask(new RedisClient.Call<byte[]>() {
            @Override
            public byte[] on(Session server) throws IOException {
                List<Object> replies = server.ask(reading);
                long ttlMillis = (Long) replies.get(1);
                byte[] content = ttlMillis == NO_KEY ? null : (byte[]) replies.get(0);
                if (server.answering().isProven() && history.isLast(content)) {
                    history.expires(ttlMillis, System.nanoTime());
                } else {
                    check(server, content, ttlMillis, announced);
                    server.answering().prove();
                }
                return content;
            }
        });
    }

    /** What was refused is asked about every second, not at every reading. */
    private void check(Session server, byte[] content, long ttlMillis, boolean announced) throws IOException {
        long now = System.nanoTime();
        boolean repeated = refusal != null
                && !announced
                && server.answering() == refusedServer
                && Arrays.equals(content, refusedContent)
                && now - refusedNanos < REFUSED_NANOS;
        if (repeated) {
            throw refusal;
        }
        // In this order: a server that is a master afterwards was one before.
        ReplicationInfo info = server.info();
        server.confirm();
        try {
            history.believe(content, ttlMillis, info, announced, now);
            refusal = null;
        } catch (RedisProblem e) {
            refusal = e;
            refusedServer = server.answering();
            refusedContent = content;
            refusedNanos = now;
            throw e;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Listens on a second connection, on the caller's thread.
     */
    @Override
    public void awaitChange() throws InterruptedException {
        subscription.await(POLL_MILLIS, client.server());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Atomic on the server. Removes the key's time to live. If the connection fails meanwhile, the content may have
     * been written.
     *
     * <p>Waits a moment for a replica to have the content, if there are any; see {@link #lastWriteRisk}.
     */
    @Override
    public synchronized boolean compareAndSet(final byte[] expected, final byte[] content) throws IOException {
        return client.ask(new RedisClient.Call<Boolean>() {
            @Override
            public Boolean on(Session server) throws IOException {
                ReplicationInfo info = server.info();
                history.check(info);
                server.confirm();
                boolean written = (Long) server.askOnce(new Command(
                                "EVAL",
                                COMPARE_AND_SET,
                                1,
                                uri.key(),
                                StateParser.MAX_BYTES,
                                flag(expected),
                                expected == null ? NOTHING : expected,
                                flag(content),
                                content == null ? NOTHING : content,
                                channel))
                        == 1;
                if (written) {
                    unconfirmed = info.replicas() > 0 && !isConfirmed(server.answering());
                }
                return written;
            }
        });
    }

    /** Whether a replica has it; {@code true} as well if the server does not let this user ask. */
    private static boolean isConfirmed(RedisConnection server) throws IOException {
        Object replicas =
                server.askIfAllowed(new Command("WAIT", 1, REPLICA_MILLIS)).get(0);
        return !(replicas instanceof Long) || (Long) replicas > 0;
    }

    @Override
    public synchronized String lastWriteRisk() {
        return unconfirmed
                ? "has it, but none of its replicas has confirmed it in time;"
                        + " it is lost if the master fails before one does"
                : null;
    }

    private static String flag(byte[] content) {
        return content == null ? "0" : "1";
    }

    @Override
    public InstanceRegistry instances() {
        return instances;
    }

    @Override
    public String name() {
        return uri.toString();
    }

    @Override
    public void close() {
        client.close();
        subscription.close();
    }
}
