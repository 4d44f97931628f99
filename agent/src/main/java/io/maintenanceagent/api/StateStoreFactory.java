package io.maintenanceagent.api;

import java.net.URI;

/**
 * Opens stores for a URI scheme. Found by {@link java.util.ServiceLoader} in the jars of the {@code extensions}
 * directory, which see this package and the JDK, and nothing of the application.
 */
public interface StateStoreFactory {

    /** Returns the URI scheme that this factory is for, in lower case. */
    String scheme();

    /**
     * Opens a store. Connects to nothing yet: a store that cannot be reached is a store whose readings fail.
     *
     * @param uri a URI of the scheme
     * @return the store
     * @throws IllegalArgumentException if the URI does not name a store; the message says what is allowed
     */
    StateStore open(URI uri);
}
