package io.maintenanceagent.policy;

import io.maintenanceagent.api.RequestView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets people who know a secret pass during maintenance: a link with the secret gives them a {@link BypassTokens token}
 * in a cookie. Immutable; safe for any thread.
 */
final class Bypass {

    /** The query parameter with the secret. */
    static final String PARAMETER = "maintenance-bypass";

    /** The cookie with the token. */
    static final String COOKIE = "maintenance-bypass";

    /** The header with the token, for programs. */
    static final String HEADER = "X-Maintenance-Bypass";

    private final byte[] secret;
    private final long ttlMillis;
    private final String cookiePath;
    private final BypassTokens tokens;

    /**
     * @param secret the secret, not empty
     * @param ttlMillis how long a token lasts, in milliseconds
     * @param cookiePath the path that the cookie is for, as it stands in a URL; {@code null} for the context's
     */
    Bypass(String secret, long ttlMillis, String cookiePath) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.ttlMillis = ttlMillis;
        this.cookiePath = cookiePath;
        this.tokens = new BypassTokens(this.secret, ttlMillis);
    }

    /** Whether a request is a link with the secret, by a method that a client may repeat. */
    boolean isLink(RequestView request) {
        String query = request.query();
        if (query == null || !("GET".equals(request.method()) || "HEAD".equals(request.method()))) {
            return false;
        }
        for (String pair : query.split("&")) {
            if (isParameter(pair)) {
                String value = PercentEncoding.decode(pair.substring(PARAMETER.length() + 1));
                if (value != null && MessageDigest.isEqual(secret, value.getBytes(StandardCharsets.UTF_8))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isParameter(String pair) {
        return pair.startsWith(PARAMETER) && pair.startsWith("=", PARAMETER.length());
    }

    /**
     * Whether a request has a valid token, in a cookie or as a header.
     *
     * @param explanation gets the reason if none is valid; {@code null} for none
     */
    boolean isAllowed(RequestView request, String window, long epochMillis, Explanation explanation) {
        List<String> sent = new ArrayList<String>();
        for (String token : request.headers(HEADER)) {
            sent.add(token.trim());
        }
        sent.addAll(Cookies.values(request, COOKIE));
        return tokens.anyValid(sent, window, epochMillis, explanation);
    }

    String token(String window, long epochMillis) {
        return tokens.make(window, epochMillis);
    }

    /**
     * Returns the redirection for a link.
     *
     * @param secure whether the client came over TLS
     * @param prefix the prefix that proxies have removed from the client's path, {@code ""} for none
     */
    BypassLink follow(RequestView request, boolean secure, String prefix, String window, long epochMillis) {
        String path = cookiePath == null ? encoded(request.contextPath()) : cookiePath;
        path = prefix.isEmpty() || !path.equals("/") ? prefix + path : prefix;
        String cookie = COOKIE + "=" + token(window, epochMillis) + "; Path=" + path + "; Max-Age=" + ttlMillis / 1000
                + "; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
        return new BypassLink(location(request), cookie);
    }

    /** Returns a location relative to the client's path, which a proxy may have mapped to this request's path. */
    private static String location(RequestView request) {
        String uri = request.requestUri();
        StringBuilder location = new StringBuilder("./").append(uri, uri.lastIndexOf('/') + 1, uri.length());
        char separator = '?';
        for (String pair : request.query().split("&")) {
            if (!isParameter(pair) && !pair.isEmpty()) {
                location.append(separator).append(pair);
                separator = '&';
            }
        }
        return location.toString();
    }

    private static String encoded(String context) {
        StringBuilder path = new StringBuilder("/");
        for (byte b : context.substring(context.startsWith("/") ? 1 : 0).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~/".indexOf(c) >= 0;
            path.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return path.toString();
    }
}
