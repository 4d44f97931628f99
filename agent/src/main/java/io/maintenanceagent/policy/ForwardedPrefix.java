package io.maintenanceagent.policy;

import java.util.List;

/**
 * Reads the prefix that proxies have removed from a client's path: {@code X-Forwarded-Prefix}, as Traefik and Spring
 * Cloud Gateway write it, each behind what the one before has written. Stateless.
 */
final class ForwardedPrefix {

    private static final int MAX_CHARS = 1024;

    private ForwardedPrefix() {}

    /**
     * Returns the prefixes in their order, without a slash at the end; {@code ""} if there is none, or if one is no
     * path.
     *
     * @param lines the header's values, from a trusted proxy
     */
    static String of(List<String> lines) {
        StringBuilder whole = new StringBuilder();
        for (String line : lines) {
            if (line.length() > MAX_CHARS) {
                return "";
            }
            for (String element : line.split(",", -1)) {
                String prefix = withoutSlash(element.trim());
                if (!isPath(prefix)) {
                    return "";
                }
                whole.append(prefix);
            }
        }
        return whole.length() > MAX_CHARS ? "" : whole.toString();
    }

    private static String withoutSlash(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    /**
     * Segments of characters that are themselves in a URL (RFC 3986 section 3.3), and that end no cookie's attribute.
     */
    private static boolean isPath(String prefix) {
        if (prefix.isEmpty()) {
            return true;
        }
        for (int i = 0; i < prefix.length(); i++) {
            char c = prefix.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && "/-._~%!$&'()*+=:@".indexOf(c) < 0) {
                return false;
            }
        }
        return prefix.startsWith("/") && !(prefix + "/").matches(".*/\\.{0,2}/.*");
    }
}
