package io.maintenanceagent.match;

/**
 * A host name, or {@code *.example.com} for every name below one, compared as {@link HostName} says. Immutable; safe
 * for any thread.
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
     * Returns the pattern.
     *
     * @param source the pattern's text
     * @throws IllegalArgumentException if it is none; the message quotes it and says what is allowed
     */
    public static HostPattern parse(String source) {
        boolean below = source.startsWith(ANY_LABELS);
        String name = HostName.normal(below ? source.substring(ANY_LABELS.length()) : source);
        if (HostName.hasAnotherForm(source)) {
            throw new IllegalArgumentException(
                    "\"" + source + "\" has a letter that browsers and Java write differently in"
                            + " ASCII; allowed: its form that begins with xn--");
        }
        if (!HostName.isValid(name) || below && name.indexOf(':') >= 0) {
            throw new IllegalArgumentException("\"" + source
                    + "\" is not a host; a name or an address without port or scheme, or *.NAME for all below it");
        }
        String host = below ? "." + name : name;
        return new HostPattern(source, host, below);
    }

    /**
     * Returns whether the pattern matches a host.
     *
     * @param asked the host that a client asked for, without port
     */
    public boolean matches(String asked) {
        String name = HostName.normal(asked);
        return below ? name.length() > host.length() && name.endsWith(host) : name.equals(host);
    }

    /** The host; with a dot in front if it {@link #isBelow is below} it that is meant. */
    String host() {
        return host;
    }

    boolean isBelow() {
        return below;
    }

    /** Returns the pattern's text, as it was given. */
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
