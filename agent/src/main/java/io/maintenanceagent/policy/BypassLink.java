package io.maintenanceagent.policy;

/** The answer to a link with the bypass secret. Immutable. */
public final class BypassLink {

    private final String location;
    private final String cookie;

    BypassLink(String location, String cookie) {
        this.location = location;
        this.cookie = cookie;
    }

    /** Returns where the client is to go: the same place without the secret, a path with its query. */
    public String location() {
        return location;
    }

    /** Returns the value of {@code Set-Cookie}. */
    public String cookie() {
        return cookie;
    }
}
