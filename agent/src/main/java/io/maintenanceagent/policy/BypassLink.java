package io.maintenanceagent.policy;

/** The redirection for a link with the bypass secret. Immutable. */
public final class BypassLink {

    private final String location;
    private final String cookie;

    BypassLink(String location, String cookie) {
        this.location = location;
        this.cookie = cookie;
    }

    /** Returns the location: the same path and query without the secret. */
    public String location() {
        return location;
    }

    /** Returns the value of {@code Set-Cookie}. */
    public String cookie() {
        return cookie;
    }
}
