package io.maintenanceagent.policy;

import io.maintenanceagent.api.RequestView;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How people who know a secret get past a maintenance: a link with the secret in it gives them a token in a cookie. A
 * token says when it ends and is signed, together with the maintenance window that it was given in, so it is worth
 * nothing in the next one, and nothing has to be kept. Immutable; safe for any thread.
 */
final class Bypass {

    /** The query parameter with the secret. */
    static final String PARAMETER = "maintenance-bypass";

    /** The cookie with the token. */
    static final String COOKIE = "maintenance-bypass";

    /** The header with the token, for programs. */
    static final String HEADER = "X-Maintenance-Bypass";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_COOKIES = 8; // of the same name, in one request

    private final byte[] secret;
    private final long ttlMillis;

    /**
     * @param secret the secret, not empty
     * @param ttlMillis how long a token lasts, in milliseconds
     */
    Bypass(String secret, long ttlMillis) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.ttlMillis = ttlMillis;
    }

    /** Whether a request is a link with the secret; one that may be repeated, for it will be. */
    boolean isLink(RequestView request) {
        String query = request.query();
        if (query == null
                || !(request.method().equals("GET") || request.method().equals("HEAD"))) {
            return false;
        }
        for (String pair : query.split("&")) {
            if (isParameter(pair)) {
                String value = UriAmbiguity.decode(pair.substring(PARAMETER.length() + 1));
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

    /** Whether a request has a valid token, in a cookie or as a header. */
    boolean isAllowed(RequestView request, String window, long epochMillis) {
        for (String token : request.headers(HEADER)) {
            if (isValid(token.trim(), window, epochMillis)) {
                return true;
            }
        }
        int cookies = 0;
        for (String line : request.headers("Cookie")) {
            for (String pair : line.split(";")) {
                String cookie = pair.trim();
                if (cookie.startsWith(COOKIE) && cookie.startsWith("=", COOKIE.length()) && cookies++ < MAX_COOKIES) {
                    if (isValid(cookie.substring(COOKIE.length() + 1), window, epochMillis)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The answer to a link. */
    BypassLink follow(RequestView request, boolean secure, String window, long epochMillis) {
        StringBuilder location = new StringBuilder(request.requestUri());
        char separator = '?';
        for (String pair : request.query().split("&")) {
            if (!isParameter(pair) && !pair.isEmpty()) {
                location.append(separator).append(pair);
                separator = '&';
            }
        }
        String cookie = COOKIE + "=" + token(window, epochMillis) + "; Path=" + cookiePath(request.contextPath())
                + "; Max-Age=" + ttlMillis / 1000 + "; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
        return new BypassLink(location.toString(), cookie);
    }

    private static String cookiePath(String context) {
        StringBuilder path = new StringBuilder("/");
        for (byte b : context.substring(context.startsWith("/") ? 1 : 0).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~/".indexOf(c) >= 0;
            path.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return path.toString();
    }

    String token(String window, long epochMillis) {
        long ends = epochMillis + ttlMillis;
        return Long.toString(ends, 36) + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sign(ends, window));
    }

    boolean isValid(String token, String window, long epochMillis) {
        int dot = token.indexOf('.');
        if (dot < 1) {
            return false;
        }
        try {
            long ends = Long.parseLong(token.substring(0, dot), 36);
            // Not later than one that was given now: a shorter ttl holds for older tokens, too.
            if (ends <= epochMillis || ends > epochMillis + ttlMillis) {
                return false;
            }
            return MessageDigest.isEqual(
                    sign(ends, window), Base64.getUrlDecoder().decode(token.substring(dot + 1)));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private byte[] sign(long ends, String window) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(("maintenance-bypass\n" + ends + "\n" + window).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has HmacSHA256
        }
    }
}
