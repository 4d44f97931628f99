package io.maintenanceagent.store.url;

import io.maintenanceagent.store.remote.Endpoint;
import java.util.Locale;

/** Scheme, host and port: credentials are for one origin alone (RFC 6454). Immutable. */
final class Origin {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final String scheme;
    private final Endpoint endpoint;

    /**
     * @param scheme {@code http} or {@code https}
     * @param endpoint host and port
     */
    Origin(String scheme, Endpoint endpoint) {
        this.scheme = scheme.toLowerCase(Locale.ROOT);
        this.endpoint = new Endpoint(endpoint.host().toLowerCase(Locale.ROOT), endpoint.port());
    }

    /** Returns the port that a URL without one means. */
    static int portOf(String scheme) {
        return scheme.equalsIgnoreCase("https") ? HTTPS_PORT : HTTP_PORT;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    boolean isSecure() {
        return scheme.equals("https");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Origin
                && ((Origin) other).scheme.equals(scheme)
                && ((Origin) other).endpoint.equals(endpoint);
    }

    @Override
    public int hashCode() {
        return 31 * scheme.hashCode() + endpoint.hashCode();
    }

    /** Returns it as a URL begins, without the usual port. */
    @Override
    public String toString() {
        String place = endpoint.toString();
        boolean usual = endpoint.port() == portOf(scheme);
        return scheme + "://" + (usual ? place.substring(0, place.lastIndexOf(':')) : place);
    }
}
