package io.maintenanceagent.response;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Headers that a server, or a proxy layer in it, has put into a response before the request is refused: the maintenance
 * response has them as well ({@code Strict-Transport-Security}, a request id), but for those about a body, a login or a
 * location, which belonged to another response. Stateless.
 */
public final class KeptHeaders {

    private static final Set<String> DROPPED = new HashSet<String>(Arrays.asList(
            // the body, and for how long it may be kept
            "etag",
            "last-modified",
            "accept-ranges",
            "transfer-encoding",
            "trailer",
            "digest",
            "repr-digest",
            "link",
            "cache-control",
            "cdn-cache-control",
            "surrogate-control",
            "expires",
            "pragma",
            "age",
            "warning",
            "allow",
            "retry-after",
            // the login
            "www-authenticate",
            "proxy-authenticate",
            "authentication-info",
            "proxy-authentication-info",
            "set-cookie",
            "set-cookie2",
            "clear-site-data",
            // a location
            "location",
            "refresh",
            // the connection (RFC 9110 section 7.6.1)
            "connection",
            "keep-alive",
            "proxy-connection",
            "upgrade",
            "date"));

    private KeptHeaders() {}

    /**
     * Returns whether a header is kept.
     *
     * @param name a header's name, in any case
     */
    static boolean keeps(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !DROPPED.contains(lower)
                && (!lower.startsWith("content-") || lower.startsWith("content-security-policy"));
    }

    /**
     * Returns the names and values in turn of the response's headers: those that are kept and not replaced, then its
     * own; an earlier {@code Vary} is added to its own.
     *
     * @param before names and values in turn, of headers that are set already
     * @param own names and values in turn, of the response's own headers; each name once
     */
    public static List<String> with(List<String> before, String[] own) {
        List<String> all = new ArrayList<String>(before.size() + own.length);
        StringBuilder vary = new StringBuilder();
        for (int i = 0; i < before.size(); i += 2) {
            String name = before.get(i);
            if (name.equalsIgnoreCase("Vary") && position(name, own) >= 0) {
                vary.append(", ").append(before.get(i + 1));
            } else if (keeps(name) && position(name, own) < 0) {
                all.add(name);
                all.add(before.get(i + 1));
            }
        }
        int begin = all.size();
        all.addAll(Arrays.asList(own));
        if (vary.length() > 0) {
            int at = begin + position("Vary", own) + 1;
            all.set(at, all.get(at) + vary);
        }
        return all;
    }

    private static int position(String name, String[] headers) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns whether a name occurs for the first time.
     *
     * @param headers names and values in turn
     * @param at the position of a name
     */
    public static boolean isFirst(List<String> headers, int at) {
        for (int i = 0; i < at; i += 2) {
            if (headers.get(i).equalsIgnoreCase(headers.get(at))) {
                return false;
            }
        }
        return true;
    }
}
