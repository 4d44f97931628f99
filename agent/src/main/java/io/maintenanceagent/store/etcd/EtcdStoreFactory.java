package io.maintenanceagent.store.etcd;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import io.maintenanceagent.store.remote.StoreUri;
import java.net.URI;

/** Opens {@code etcd://} and {@code etcds://} stores. */
public final class EtcdStoreFactory implements StateStoreFactory {

    private static final int DEFAULT_PORT = 2379;
    private static final String ALLOWED =
            "etcd://[USER[:PASSWORD]@]HOST[:PORT][,HOST[:PORT]…]/KEY, etcds:// for TLS, with"
                    + " %XX for special characters, and behind ? joined by &: password-file=F or password-env=NAME,"
                    + " keystore=F, truststore=F";

    private final String scheme;

    /** @param scheme {@code etcd}, or {@code etcds} for TLS */
    public EtcdStoreFactory(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public StateStore open(URI uri) {
        try {
            return new EtcdStore(new StoreUri(uri, DEFAULT_PORT, StoreUri.LOGIN_AND_TLS));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ALLOWED + " (" + e.getMessage() + ")", e);
        }
    }
}
