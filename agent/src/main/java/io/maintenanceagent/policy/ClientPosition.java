package io.maintenanceagent.policy;

import io.maintenanceagent.state.Admit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The position of a client among all, which decides whether a share has it let in: the same in every JVM and after a
 * restart, another one with each salt, and evenly spread.
 *
 * <p>A client is known by the first of these that it has: the cookie that it was given when it was let in; a session
 * cookie; its address, behind trusted proxies. The agent's own cookie keeps a client in that is let in by its address,
 * and then gets a session, or another one at its login. Immutable; safe for any thread.
 */
final class ClientPosition {

    /** What a client is given that is let in. */
    static final String COOKIE = "maintenance-admitted";

    private static final String JSESSIONID = "JSESSIONID";
    private static final int HEX = 8;

    private final long position;
    private final String client;
    private final String cookie;

    private ClientPosition(long position, String client, String cookie) {
        this.position = position;
        this.client = client;
        this.cookie = cookie;
    }

    /**
     * Returns the position of a request's client; {@code null} if nothing tells clients apart.
     *
     * @param facts the request
     * @param sessionCookies the names of cookies that a client keeps for a session
     * @param salt tells one maintenance from another
     */
    static ClientPosition of(RequestFacts facts, List<String> sessionCookies, String salt) {
        String tag = hex(hash(salt, "", ""));
        for (String given : Cookies.values(facts.request(), COOKIE)) {
            if (given.length() == 2 * HEX && given.startsWith(tag)) {
                long position = position(given.substring(HEX));
                if (position >= 0) {
                    return new ClientPosition(position, "cookie " + COOKIE, null);
                }
            }
        }
        for (String name : sessionCookies) {
            for (String value : Cookies.values(facts.request(), name)) {
                String session = name.equals(JSESSIONID) ? withoutRoute(value) : value;
                if (!session.isEmpty()) {
                    return of(tag, hash(salt, "session", session), "cookie " + name);
                }
            }
        }
        if (facts.address() == null) {
            return null;
        }
        String address = facts.address().toString();
        return of(tag, hash(salt, "address", address), "address " + address);
    }

    private static ClientPosition of(String tag, long position, String client) {
        return new ClientPosition(position, client, tag + hex(position));
    }

    /** What the digits say; negative if they are none. */
    private static long position(String digits) {
        try {
            return Long.parseLong(digits, 16);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Containers add the name of the node, which is another one after a fail-over. */
    private static String withoutRoute(String session) {
        for (int i = 1; i < session.length(); i++) {
            if (".:!".indexOf(session.charAt(i)) >= 0) {
                return session.substring(0, i);
            }
        }
        return session;
    }

    private static long hash(String salt, String kind, String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((salt + '\n' + kind + '\n' + key).getBytes(StandardCharsets.UTF_8));
            long value = 0;
            for (int i = 0; i < HEX / 2; i++) {
                value = value << 8 | digest[i] & 0xff;
            }
            return value;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static String hex(long value) {
        return Long.toHexString(Admit.ALL | value).substring(1);
    }

    /** The position, 0 to {@link Admit#ALL} - 1. */
    long position() {
        return position;
    }

    /** By what the client is known, without the session's secret. */
    String client() {
        return client;
    }

    /**
     * What keeps the client at this position, as the value of {@code Set-Cookie}; {@code null} if it has that.
     *
     * @param secure whether the client came over TLS
     */
    String setCookie(boolean secure) {
        return cookie == null
                ? null
                : COOKIE + "=" + cookie + "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }
}
