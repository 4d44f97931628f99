package io.maintenanceagent.store.redis;

import io.maintenanceagent.api.InstanceRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The instances of a key: each one's report under {@code KEY:instance:ID}, which expires, and their names in a sorted
 * set {@code KEY:instances}, so that a reader need not scan the database. Each report removes expired names from the
 * set, by the server's clock; the set expires after the last report. In a cluster all of them are in the key's slot.
 */
final class RedisInstances implements InstanceRegistry {

    private static final String ADD_NAME = "local time = redis.call('TIME')\n"
            + "local now = time[1] * 1000 + math.floor(time[2] / 1000)\n"
            + "redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)\n"
            + "redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])\n"
            + "if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then\n"
            + "  redis.call('PEXPIRE', KEYS[1], ARGV[2])\n"
            + "end\n"
            + "return 1";

    private final RedisClient client;
    private final String names;
    private final String prefix;

    /**
     * @param client the server
     * @param prefix what the names of the keys begin with
     */
    RedisInstances(RedisClient client, String prefix) {
        this.client = client;
        this.names = prefix + ":instances";
        this.prefix = prefix + ":instance:";
    }

    @Override
    public void report(String instance, byte[] report, long ttlMillis) throws IOException {
        tell(
                new Command("SET", prefix + instance, report, "PX", ttlMillis),
                new Command("EVAL", ADD_NAME, 1, names, instance, ttlMillis));
    }

    @Override
    public void withdraw(String instance) throws IOException {
        tell(new Command("DEL", prefix + instance), new Command("ZREM", names, instance));
    }

    private void tell(final Command... commands) throws IOException {
        try {
            client.ask(new RedisClient.Call<Object>() {
                @Override
                public Object on(Session server) throws IOException {
                    return server.ask(commands);
                }
            });
        } catch (IOException e) {
            throw new IOException("cannot be told: the server " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, byte[]> reports() throws IOException {
        return client.ask(new RedisClient.Call<Map<String, byte[]>>() {
            @Override
            public Map<String, byte[]> on(Session server) throws IOException {
                List<String> instances = new ArrayList<String>();
                List<Command> reports = new ArrayList<Command>();
                for (Object name : (List<?>)
                        server.ask(new Command("ZRANGE", names, 0, -1)).get(0)) {
                    instances.add(RedisConnection.text(name));
                    reports.add(new Command("GET", prefix + RedisConnection.text(name)));
                }
                List<Object> replies = server.ask(reports.toArray(new Command[0]));
                Map<String, byte[]> listed = new TreeMap<String, byte[]>();
                for (int i = 0; i < replies.size(); i++) {
                    if (replies.get(i) != null) {
                        listed.put(instances.get(i), (byte[]) replies.get(i));
                    }
                }
                return listed;
            }
        });
    }
}
