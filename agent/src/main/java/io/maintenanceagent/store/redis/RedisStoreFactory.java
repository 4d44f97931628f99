package io.maintenanceagent.store.redis;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import java.net.URI;

/**
 * Opens stores in Redis:
 *
 * <ul>
 *   <li>{@code redis://[[USER]:PASSWORD@]HOST[:6379][/DATABASE][?key=NAME]}: one server.
 *   <li>{@code redis-sentinel://HOST[:26379],HOST…/MASTER[?key=NAME][&db=DATABASE]}: the master that sentinels name.
 *   <li>{@code redis-cluster://HOST[:6379],HOST…[?key=NAME]}: a cluster, some of whose nodes are named.
 * </ul>
 *
 * Each with {@code rediss} in place of {@code redis} for TLS.
 */
public final class RedisStoreFactory implements StateStoreFactory {

    private final String scheme;

    /** @param scheme one of those above */
    public RedisStoreFactory(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public StateStore open(URI uri) {
        return new RedisStore(RedisUri.parse(uri));
    }
}
