package io.maintenanceagent.match;

import java.util.Locale;

/**
 * A host name, or {@code *.example.com} for every name below one. Case and a trailing dot do not count, and ports are
 * no part of it. IPv6 addresses may have their brackets or not. Immutable; safe for any thread.
 */
public final class HostPattern {

    private static final String ANY_LABELS = "*.";

    private final String source;
    private final String host;
    private final boolean below;

    private HostPattern(String source, String host, boolean below) {
        this.source = source;
        this.host = host;
        this.below = below;
    }

    /**
     * @param source the pattern's text
     * @return the pattern
     * @throws IllegalArgumentException if it is none; the message quotes it and says what is allowed
     */
    public static HostPattern parse(String source) {
        boolean below = source.startsWith(ANY_LABELS);
        String host = normal(below ? source.substring(1) : source);
        if (host.isEmpty() || host.indexOf('*') >= 0 || host.indexOf('/') >= 0 || hasPort(host)) {
            throw new IllegalArgumentException("\"" + source
                    + "\" is not a host; a name or an address without port or scheme, or *.NAME for all below it");
        }
        return new HostPattern(source, host, below);
    }

    /**
     * @param asked the host that a client asked for, without port
     * @return whether it is one of those meant
     */
    public boolean matches(String asked) {
        String name = normal(asked);
        return below ? name.length() > host.length() && name.endsWith(host) : name.equals(host);
    }

    /** The host; with a dot in front if it {@link #isBelow is below} it that is meant. */
    String host() {
        return host;
    }

    boolean isBelow() {
        return below;
    }

    private static boolean hasPort(String host) {
        int colon = host.indexOf(':');
        return colon >= 0 && colon == host.lastIndexOf(':');
    }

    static String normal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** @return the pattern's text, as it was given */
    @Override
    public String toString() {
        return source;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostPattern && ((HostPattern) other).source.equals(source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }
}
