package io.maintenanceagent.store.url;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import java.net.URI;

/** Opens {@code http://} and {@code https://} stores. */
public final class UrlStoreFactory implements StateStoreFactory {

    private final String scheme;

    /** @param scheme {@code http} or {@code https} */
    public UrlStoreFactory(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public StateStore open(URI uri) {
        return new UrlStore(UrlAddress.parse(uri));
    }
}
