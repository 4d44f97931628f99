package io.maintenanceagent.match;

import java.net.IDN;
import java.util.Locale;

/**
 * Names of hosts in the form in which they are compared: case and a trailing dot do not count, a name beyond ASCII is
 * written in ASCII (RFC 5890), an IPv6 address without brackets and in full. Stateless.
 */
public final class HostName {

    /**
     * Characters that IDNA 2003, which Java has, maps to others, and IDNA 2008, which browsers have, keeps (RFC 5894).
     */
    private static final String DEVIATIONS = "\u00df\u1e9e\u03c2\u200c\u200d";

    private HostName() {}

    /**
     * Returns the form in which a host is compared; where the text is no host, something that is not {@link #isValid
     * valid}.
     *
     * @param host a host, without port
     */
    public static String normal(String host) {
        String name = isAscii(host) ? host.toLowerCase(Locale.ROOT) : ascii(host);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        } else if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        Address address = name.indexOf(':') < 0 ? null : Address.parse(name);
        return address == null ? name : address.toString();
    }

    /**
     * Returns whether a name can be a host's: labels of letters, digits, hyphens and underscores, which names of
     * containers have, or an address.
     *
     * @param name a name in its {@link #normal} form
     */
    public static boolean isValid(String name) {
        if (name.indexOf(':') >= 0) {
            return Address.parse(name) != null;
        }
        char before = '.';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean ofLabel = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!ofLabel && (c != '.' || before == '.')) {
                return false;
            }
            before = c;
        }
        return before != '.';
    }

    /**
     * Returns whether browsers and Java disagree about the ASCII form of a host.
     *
     * @param host a host as it was written
     */
    public static boolean hasAnotherForm(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (DEVIATIONS.indexOf(host.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException ignored) {
            // the text is no host name
            return host;
        }
    }
}
