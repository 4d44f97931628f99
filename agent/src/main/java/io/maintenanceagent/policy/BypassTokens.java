package io.maintenanceagent.policy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes tokens and checks them. A token says when it ends and is signed, together with the maintenance window that it
 * was given in, so it is invalid in the next one, and the agent stores no tokens. Immutable; safe for any thread.
 */
final class BypassTokens {

    /** No token is longer: its end in base 36, a dot, and 32 bytes in Base64. */
    static final int MAX_CHARS = 13 + 1 + 43;

    /** How many signatures are checked for one request: those of the tokens that expire last. */
    static final int MAX_CHECKED = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private static final Comparator<String> NEWEST_FIRST = new Comparator<String>() {
        @Override
        public int compare(String one, String other) {
            return Long.compare(end(other), end(one));
        }
    };

    private final byte[] secret;
    private final long ttlMillis;

    /**
     * @param secret the secret, not empty
     * @param ttlMillis how long a token lasts, in milliseconds
     */
    BypassTokens(byte[] secret, long ttlMillis) {
        this.secret = secret;
        this.ttlMillis = ttlMillis;
    }

    String make(String window, long epochMillis) {
        long end = epochMillis + ttlMillis;
        return Long.toString(end, 36) + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sign(end, window));
    }

    /**
     * Whether one of the tokens is valid. The newest are checked first, since a browser sends the oldest first (RFC
     * 6265 section 5.4).
     *
     * @param tokens what a client sent; malformed ones are removed, the others sorted
     * @param explanation gets what was found; {@code null} for none
     */
    boolean anyValid(List<String> tokens, String window, long epochMillis, Explanation explanation) {
        int sent = tokens.size();
        for (int i = tokens.size() - 1; i >= 0; i--) {
            if (!isInTime(tokens.get(i), epochMillis)) {
                tokens.remove(i);
            }
        }
        Collections.sort(tokens, NEWEST_FIRST);
        for (int i = 0; i < tokens.size() && i < MAX_CHECKED; i++) {
            if (isSigned(tokens.get(i), window)) {
                return true;
            }
        }
        if (explanation != null && sent > 0) {
            explanation.add("none of " + sent + " bypass tokens is valid: " + (sent - tokens.size())
                    + " malformed or expired, the others not of this secret and maintenance"
                    + (tokens.size() > MAX_CHECKED ? "; only the newest " + MAX_CHECKED + " were checked" : ""));
        }
        return false;
    }

    boolean isValid(String token, String window, long epochMillis) {
        return isInTime(token, epochMillis) && isSigned(token, window);
    }

    /**
     * Whether a token is well-formed, and expires neither before now nor later than a new one would: a shorter ttl
     * holds for older tokens, too.
     */
    private boolean isInTime(String token, long epochMillis) {
        long end = end(token);
        return end > epochMillis && end <= epochMillis + ttlMillis;
    }

    /** When a token expires, in milliseconds since 1970; -1 if it is malformed. */
    private static long end(String token) {
        int dot = token.indexOf('.');
        if (dot < 1 || token.length() > MAX_CHARS) {
            return -1;
        }
        try {
            return Long.parseLong(token.substring(0, dot), 36);
        } catch (NumberFormatException ignored) {
            // the token is malformed
            return -1;
        }
    }

    private boolean isSigned(String token, String window) {
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1));
            return MessageDigest.isEqual(sign(end(token), window), signature);
        } catch (IllegalArgumentException ignored) {
            // the token is malformed
            return false;
        }
    }

    private byte[] sign(long end, String window) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(("maintenance-bypass\n" + end + "\n" + window).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has HmacSHA256
        }
    }
}
