package io.maintenanceagent.response;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Tells which headers a policy may add: well-formed ones that neither the server nor the agent sets. */
final class HeaderRules {

    /**
     * Those of the connection (RFC 9110 section 7.6.1), of the message's framing, and those that have members of their
     * own.
     */
    private static final Set<String> RESERVED = Collections.unmodifiableSet(new HashSet<String>(Arrays.asList(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "proxy-authenticate",
            "content-length",
            "content-type",
            "content-encoding",
            "content-range",
            "date",
            "retry-after",
            "location")));

    private HeaderRules() {}

    /** Returns what is wrong with the name, or {@code null} if nothing. */
    static String faultOfName(String name) {
        if (name.isEmpty()) {
            return "is no header name";
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isTokenChar(name.charAt(i))) {
                return "is no header name; allowed: letters, digits and !#$%&'*+-.^_`|~";
            }
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (RESERVED.contains(lower) || lower.startsWith("access-control-")) {
            return "is set by the server, or by another member of the response";
        }
        return null;
    }

    /** Returns what is wrong with the value, or {@code null} if nothing. */
    static String faultOfValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // ASCII only: what a container makes of other characters differs (RFC 9110 section 5.5).
            if (c != '\t' && (c < ' ' || c > '~')) {
                return "is no header value; allowed: visible ASCII characters and spaces";
            }
        }
        return null;
    }

    /** RFC 9110 section 5.6.2. */
    static boolean isTokenChar(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
