package io.maintenanceagent.store.remote;

/** A host and a port. Immutable. */
public final class Endpoint {

    private final String host;
    private final int port;

    /**
     * @param host a name or an address, without brackets
     * @param port a port
     */
    public Endpoint(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** Returns a name or an address, without brackets. */
    public String host() {
        return host;
    }

    /** Returns the port. */
    public int port() {
        return port;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint && ((Endpoint) other).host.equals(host) && ((Endpoint) other).port == port;
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    /** Returns it as a URI has it: an IPv6 address stands in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
