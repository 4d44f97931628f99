package io.maintenanceagent.response;

import io.maintenanceagent.match.HostName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The origins (RFC 6454) that may read responses: exact ones, and all sub-domains of a name. Filled by one thread, then
 * read by any.
 */
final class Origins {

    private static final String ANY_LABELS = "*.";

    private final Set<String> exact = new HashSet<String>();
    private final List<Pattern> patterns = new ArrayList<Pattern>();

    boolean isEmpty() {
        return exact.isEmpty() && patterns.isEmpty();
    }

    /**
     * @param text {@code https://app.example.com}, {@code http://localhost:3000}, {@code https://*.example.com}
     * @throws IllegalArgumentException if it is no origin; the message says what is allowed
     */
    void add(String text) {
        if (text.equals("*")) {
            throw new IllegalArgumentException("is \"*\", which would let every site read with its visitors' cookies"
                    + " what they get; allowed: the origins by name, or https://*.example.com for all below a name");
        }
        if (text.equals("null")) {
            throw new IllegalArgumentException(
                    "is \"null\", which is the origin of every sandboxed page; allowed: origins" + " by name");
        }
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String authority = colon < 0 ? "" : text.substring(colon + 3);
        int portAt = portAt(authority);
        String port = port(scheme, authority.substring(portAt));
        String host = authority.substring(0, portAt);
        boolean below = host.startsWith(ANY_LABELS);
        String name = HostName.normal(below ? host.substring(ANY_LABELS.length()) : host);
        boolean isOrigin = scheme.matches("[a-z][a-z0-9+.-]*") && port != null && HostName.isValid(name);
        boolean hasDomain = !below || name.indexOf('.') > 0 && name.indexOf(':') < 0 || name.equals("localhost");
        if (!isOrigin || !hasDomain || HostName.hasAnotherForm(host)) {
            throw new IllegalArgumentException("is \"" + text + "\"; allowed: an origin like https://app.example.com or"
                    + " http://localhost:3000, without a path, or https://*.example.com for all below a name");
        }
        if (below) {
            patterns.add(new Pattern(scheme + "://", "." + name + port));
        } else {
            exact.add(scheme + "://" + (name.indexOf(':') < 0 ? name : host.toLowerCase(Locale.ROOT)) + port);
        }
    }

    private static int portAt(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0 || authority.endsWith("]") ? authority.length() : colon;
    }

    /**
     * As browsers write it (RFC 6454 section 6.2): none where it is the scheme's own; {@code null} if it is no port.
     */
    private static String port(String scheme, String text) {
        if (text.isEmpty()) {
            return "";
        }
        if (!text.matches(":0*[1-9][0-9]{0,4}")) {
            return null;
        }
        int port = Integer.parseInt(text.substring(1));
        boolean byDefault = port == (scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1);
        return port > 65535 ? null : byDefault ? "" : ":" + port;
    }

    /**
     * Returns whether an origin is one of these.
     *
     * @param origin the value of {@code Origin} as a browser writes it
     */
    boolean contain(String origin) {
        if (exact.contains(origin)) {
            return true;
        }
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(origin)) {
                return true;
            }
        }
        return false;
    }

    private static final class Pattern {

        /** The longest that a name can be (RFC 1035 section 2.3.4). */
        private static final int MAX_NAME = 253;

        private final String prefix;
        private final String suffix;

        Pattern(String prefix, String suffix) {
            this.prefix = prefix;
            this.suffix = suffix;
        }

        boolean matches(String origin) {
            int length = origin.length() - prefix.length() - suffix.length();
            if (length < 1 || length > MAX_NAME || !origin.startsWith(prefix) || !origin.endsWith(suffix)) {
                return false;
            }
            String labels = origin.substring(prefix.length(), prefix.length() + length);
            return labels.indexOf(':') < 0 && HostName.isValid(labels);
        }
    }
}
