package io.maintenanceagent.policy;

import io.maintenanceagent.match.Address;
import io.maintenanceagent.match.HostName;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Tells which hosts a request may be for, since a server and the application may read different ones: the target of the
 * request line, for instance, and the header. Stateless; pure.
 */
final class HostAmbiguity {

    private HostAmbiguity() {}

    /**
     * Returns the hosts that a request may be for, mostly one; {@code null} if it can be any.
     *
     * @param told the host as the container tells it, or {@code null} if it cannot
     * @param headers the values of the header {@code Host}
     */
    static List<String> readings(String told, List<String> headers) {
        if (told == null || isMalformed(told) || headers.size() > 1) {
            return null;
        }
        if (headers.isEmpty()) {
            return Collections.singletonList(told);
        }
        String sent = withoutPort(headers.get(0));
        if (isMalformed(sent)) {
            return null;
        }
        return isSame(sent, told) ? Collections.singletonList(told) : Arrays.asList(told, sent);
    }

    /** Whether a text is neither a host name nor an address. Underscores are usual in the names of containers. */
    static boolean isMalformed(String host) {
        if (host.isEmpty()) {
            return true;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean ofName = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "-._".indexOf(c) >= 0
                    || c >= 128;
            if (!ofName) {
                return Address.parse(withoutBrackets(host)) == null;
            }
        }
        return false;
    }

    private static boolean isSame(String one, String other) {
        return HostName.normal(one).equals(HostName.normal(other));
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** Removes the port of a {@code Host} header (RFC 9110, section 7.2). */
    static String withoutPort(String value) {
        int colon = value.lastIndexOf(':');
        for (int i = colon + 1; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return value; // of an address in brackets, or no port
            }
        }
        return colon < 0 || value.indexOf(':') < colon && !value.startsWith("[") ? value : value.substring(0, colon);
    }
}
