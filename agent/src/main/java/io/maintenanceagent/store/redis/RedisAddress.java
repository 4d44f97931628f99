package io.maintenanceagent.store.redis;

import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.net.URLDecoder;

/** Where a Redis server is, how to log in, and which key holds the state: what a URI says. Immutable. */
final class RedisAddress {

    private static final int DEFAULT_PORT = 6379;
    private static final int MAX_PORT = 65_535;
    private static final String DEFAULT_KEY = "maintenance";

    private final boolean tls;
    private final String user;
    private final String password;
    private final String host;
    private final int port;
    private final int database;
    private final String key;
    private final String name;

    private RedisAddress(URI uri) {
        this.tls = uri.getScheme().equalsIgnoreCase("rediss");
        // Taken apart here: java.net.URI knows no host name with an underscore, which container names have.
        String authority = check(uri.getRawAuthority());
        int at = authority.lastIndexOf('@');
        if (at < 0) {
            this.user = null;
            this.password = null;
        } else {
            int colon = authority.indexOf(':');
            check(colon >= 0 && colon < at);
            this.user = colon == 0 ? null : decode(authority.substring(0, colon));
            this.password = decode(authority.substring(colon + 1, at));
        }
        String place = authority.substring(at + 1);
        int colon = place.lastIndexOf(':');
        boolean hasPort = colon > place.lastIndexOf(']');
        String bracketed = hasPort ? place.substring(0, colon) : place;
        check(bracketed.matches("[\\p{L}\\p{N}._-]+|\\[[\\p{XDigit}:.]+]"));
        this.host = bracketed.startsWith("[") ? bracketed.substring(1, bracketed.length() - 1) : bracketed;
        this.port = hasPort ? number(place.substring(colon + 1)) : DEFAULT_PORT;
        check(port > 0 && port <= MAX_PORT);
        String path = uri.getRawPath();
        this.database = path.isEmpty() || path.equals("/") ? 0 : number(path.substring(1));
        String query = uri.getRawQuery();
        check(query == null || query.startsWith("key=") && query.indexOf('&') < 0);
        String rawKey = query == null ? DEFAULT_KEY : query.substring("key=".length());
        this.key = decode(rawKey);
        check(!key.isEmpty() && uri.getRawFragment() == null);
        this.name = (tls ? "rediss://" : "redis://") + bracketed + ":" + port + "/" + database + "?key=" + rawKey;
    }

    /**
     * @param uri a URI with the scheme {@code redis} or {@code rediss}
     * @throws IllegalArgumentException if it is not one that {@link RedisStoreFactory} describes; the message says what
     *     is allowed, and quotes nothing, since the URI may hold a password
     */
    static RedisAddress parse(URI uri) {
        return new RedisAddress(uri);
    }

    boolean tls() {
        return tls;
    }

    /** Returns the user to log in as, or {@code null} for the server's default user. */
    String user() {
        return user;
    }

    /** Returns the password to log in with, or {@code null} for no login. */
    String password() {
        return password;
    }

    /** Returns a name or an address, without brackets. */
    String host() {
        return host;
    }

    int port() {
        return port;
    }

    int database() {
        return database;
    }

    String key() {
        return key;
    }

    /** Returns a URI without user and password. */
    @Override
    public String toString() {
        return name;
    }

    private static int number(String digits) {
        check(digits.matches("[0-9]{1,9}"));
        return Integer.parseInt(digits);
    }

    private static String decode(String raw) {
        try {
            return URLDecoder.decode(raw.replace("+", "%2B"), "UTF-8");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String check(String part) {
        check(part != null);
        return part;
    }

    private static void check(boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException("redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE][?key=NAME], rediss://"
                    + " for TLS, with %XX for special characters in USER, PASSWORD and NAME");
        }
    }
}
