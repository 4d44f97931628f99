package io.maintenanceagent.store.redis;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import java.net.URI;

/**
 * Opens {@code redis://} and {@code rediss://} stores:
 * {@code redis://[[USER]:PASSWORD@]HOST[:6379][/DATABASE][?key=NAME]}.
 */
public final class RedisStoreFactory implements StateStoreFactory {

    private final String scheme;

    /** @param scheme {@code redis}, or {@code rediss} for TLS */
    public RedisStoreFactory(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public StateStore open(URI uri) {
        return new RedisStore(RedisAddress.parse(uri));
    }
}
