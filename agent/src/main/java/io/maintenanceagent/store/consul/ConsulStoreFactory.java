package io.maintenanceagent.store.consul;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import io.maintenanceagent.store.remote.StoreUri;
import java.net.URI;

/** Opens {@code consul://} and {@code consuls://} stores. */
public final class ConsulStoreFactory implements StateStoreFactory {

    private static final int DEFAULT_PORT = 8500;
    private static final int DEFAULT_TLS_PORT = 8501;
    private static final String ALLOWED =
            "consul://[:TOKEN@]HOST[:PORT][,HOST[:PORT]…]/KEY, consuls:// for TLS, with %XX"
                    + " for special characters, and behind ? joined by &: password-file=F or password-env=NAME for"
                    + " the token, keystore=F, truststore=F";

    private final String scheme;

    /** @param scheme {@code consul}, or {@code consuls} for TLS */
    public ConsulStoreFactory(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public StateStore open(URI uri) {
        try {
            int port = scheme.equals("consul") ? DEFAULT_PORT : DEFAULT_TLS_PORT;
            return new ConsulStore(new StoreUri(uri, port, StoreUri.LOGIN_AND_TLS));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ALLOWED + " (" + e.getMessage() + ")", e);
        }
    }
}
