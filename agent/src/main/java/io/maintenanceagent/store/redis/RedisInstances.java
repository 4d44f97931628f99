package io.maintenanceagent.store.redis;

import io.maintenanceagent.api.InstanceRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Protocol.Command;

/**
 * The instances of a key: each one's report under {@code KEY:instance:ID}, which expires, and their names in a sorted
 * set {@code KEY:instances}, so that a reader need not scan the database. Each report removes expired names from the
 * set, by the server's clock; the set expires after the last report.
 */
final class RedisInstances implements InstanceRegistry {

    private static final String REPORT = "local time = redis.call('TIME')\n"
            + "local now = time[1] * 1000 + math.floor(time[2] / 1000)\n"
            + "redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])\n"
            + "redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)\n"
            + "redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])\n"
            + "if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then\n"
            + "  redis.call('PEXPIRE', KEYS[1], ARGV[3])\n"
            + "end\n"
            + "return 1";

    private final RedisClient client;
    private final String names;
    private final String prefix;

    /**
     * @param client the server
     * @param key the key that holds the state
     */
    RedisInstances(RedisClient client, String key) {
        this.client = client;
        this.names = key + ":instances";
        this.prefix = key + ":instance:";
    }

    @Override
    public void report(final String instance, final byte[] report, final long ttlMillis) throws IOException {
        try {
            client.ask(new RedisClient.Call<Object>() {
                @Override
                public Object on(ServerConnection server) {
                    server.sendCommand(
                            Command.EVAL,
                            RedisReplies.bytes(REPORT),
                            RedisReplies.bytes("2"),
                            RedisReplies.bytes(names),
                            RedisReplies.bytes(prefix + instance),
                            RedisReplies.bytes(instance),
                            report,
                            RedisReplies.bytes(Long.toString(ttlMillis)));
                    return server.getOne();
                }
            });
        } catch (IOException e) {
            throw new IOException("cannot be told: the server " + e.getMessage(), e);
        }
    }

    @Override
    public void withdraw(final String instance) throws IOException {
        try {
            client.ask(new RedisClient.Call<Object>() {
                @Override
                public Object on(ServerConnection server) {
                    server.sendCommand(Command.DEL, prefix + instance);
                    server.sendCommand(Command.ZREM, names, instance);
                    return RedisReplies.checked(server.getMany(2));
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
            public Map<String, byte[]> on(ServerConnection server) {
                List<String> instances = names(server);
                return instances.isEmpty() ? new TreeMap<String, byte[]>() : reports(server, instances);
            }
        });
    }

    private List<String> names(ServerConnection server) {
        server.sendCommand(Command.ZRANGE, names, "0", "-1");
        List<String> instances = new ArrayList<String>();
        for (byte[] name : server.getBinaryMultiBulkReply()) {
            instances.add(RedisReplies.text(name));
        }
        return instances;
    }

    private Map<String, byte[]> reports(ServerConnection server, List<String> instances) {
        String[] keys = new String[instances.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = prefix + instances.get(i);
        }
        server.sendCommand(Command.MGET, keys);
        List<byte[]> reports = server.getBinaryMultiBulkReply();
        Map<String, byte[]> listed = new TreeMap<String, byte[]>();
        for (int i = 0; i < keys.length; i++) {
            if (reports.get(i) != null) {
                listed.put(instances.get(i), reports.get(i));
            }
        }
        return listed;
    }
}
