package io.maintenanceagent.store;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import io.maintenanceagent.store.consul.ConsulStoreFactory;
import io.maintenanceagent.store.etcd.EtcdStoreFactory;
import io.maintenanceagent.store.file.FileStore;
import io.maintenanceagent.store.redis.RedisStoreFactory;
import io.maintenanceagent.store.url.UrlStoreFactory;
import java.io.File;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Opens the store that a URI names: {@code file:}, {@code redis:} and its kin, {@code etcd:}, {@code consul:},
 * {@code http:}, or a scheme of an extension. Classes of a store and its client are loaded when its scheme is used.
 */
public final class StateStores {

    private final Iterable<StateStoreFactory> extensions;

    /** @param extensions the factories that extensions bring; looked through only for schemes unknown here */
    public StateStores(Iterable<StateStoreFactory> extensions) {
        this.extensions = extensions;
    }

    /**
     * Returns the store, not connected yet.
     *
     * @param uri names a store
     * @throws IllegalArgumentException if there is none of this scheme, or the rest of the URI is wrong; the message
     *     says what is allowed
     */
    public StateStore open(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        switch (scheme) {
            case "file":
                return openFile(uri);
            case "redis":
            case "rediss":
            case "redis-sentinel":
            case "rediss-sentinel":
            case "redis-cluster":
            case "rediss-cluster":
                return new RedisStoreFactory(scheme).open(uri);
            case "etcd":
            case "etcds":
                return new EtcdStoreFactory(scheme).open(uri);
            case "consul":
            case "consuls":
                return new ConsulStoreFactory(scheme).open(uri);
            case "http":
            case "https":
                return new UrlStoreFactory(scheme).open(uri);
            default:
                return openExtension(scheme, uri);
        }
    }

    private static StateStore openFile(URI uri) {
        try {
            return new FileStore(new File(uri));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("file:/path", e);
        }
    }

    private StateStore openExtension(String scheme, URI uri) {
        List<String> schemes = new ArrayList<String>();
        for (StateStoreFactory factory : extensions) {
            String its;
            try {
                its = factory.scheme();
            } catch (RuntimeException | LinkageError ignored) {
                continue; // the other extensions are used
            }
            if (scheme.equals(its)) {
                return factory.open(uri);
            }
            schemes.add(its + "://…");
        }
        throw new IllegalArgumentException("file:/path, redis://host:6379/0?key=NAME, rediss://…, redis-sentinel://…,"
                + " redis-cluster://…, etcd://host:2379/KEY, etcds://…, consul://host:8500/KEY, consuls://…,"
                + " http://host/path, https://…"
                + (schemes.isEmpty() ? ", or a scheme of an extension" : ", " + String.join(", ", schemes)));
    }
}
