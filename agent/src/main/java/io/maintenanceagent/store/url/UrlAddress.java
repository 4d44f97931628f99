package io.maintenanceagent.store.url;

import io.maintenanceagent.store.remote.Secret;
import io.maintenanceagent.store.remote.StoreUri;
import io.maintenanceagent.store.remote.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where a state is, how to log in, and how often to ask: what a URL and its fragment say. No server sees the fragment.
 * Immutable.
 */
final class UrlAddress {

    private static final String TOKEN_FILE = "token-file";
    private static final String TOKEN_ENV = "token-env";
    private static final String POLL = "poll";
    private static final String WAIT = "wait";
    private static final String PUT = "put";
    private static final int MAX_POLL_SECONDS = 3600;
    private static final int MAX_WAIT_SECONDS = 8;

    private static final String ALLOWED =
            "http://[USER[:PASSWORD]@]HOST[:PORT]/PATH, https://, with %XX for special characters, and behind #"
                    + " joined by &: token-file=F or token-env=NAME, password-file=F or password-env=NAME, keystore=F,"
                    + " truststore=F, poll=SECONDS, wait=SECONDS (1 to 8), put=unconditional";

    private final String name;
    private final Origin origin;
    private final String target;
    private final String user;
    private final Secret password; // null for none, as is the next
    private final Secret token;
    private final Tls tls;
    private final long pollNanos;
    private final int waitSeconds;
    private final boolean unconditional;

    private UrlAddress(URI uri) throws URISyntaxException {
        String fragment = uri.getRawFragment();
        String parts = uri.getScheme() + "://" + uri.getRawAuthority() + "/" + (fragment == null ? "" : "?" + fragment);
        List<String> names = new ArrayList<String>(Arrays.asList(TOKEN_FILE, TOKEN_ENV, POLL, WAIT, PUT));
        names.addAll(Arrays.asList(StoreUri.LOGIN_AND_TLS));
        StoreUri.check(uri.getRawAuthority() != null, "there is no host");
        StoreUri address = new StoreUri(new URI(parts), Origin.portOf(uri.getScheme()), names.toArray(new String[0]));
        StoreUri.check(address.endpoints().size() == 1, "there is more than one host");
        String query = uri.getRawQuery();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        this.origin = new Origin(address.scheme(), address.endpoints().get(0));
        this.target = new URI(path + (query == null ? "" : "?" + query)).toASCIIString();
        this.name = origin + path + (query == null ? "" : "?…"); // a query may have a signature
        this.user = address.user();
        this.password = address.secret("password", address.password());
        this.token = address.secret("token", null);
        StoreUri.check(
                user != null == (password != null), "there is a user without a password, or the other way round");
        StoreUri.check(user == null || token == null, "there is a user and a token");
        this.tls = address.tls();
        this.pollNanos = TimeUnit.SECONDS.toNanos(seconds(address, POLL, MAX_POLL_SECONDS, 1));
        this.waitSeconds = seconds(address, WAIT, MAX_WAIT_SECONDS, 0);
        String put = address.parameter(PUT);
        StoreUri.check(put == null || put.equals("unconditional"), "put is something else than unconditional");
        this.unconditional = put != null;
    }

    /**
     * Takes a URL apart.
     *
     * @param uri a URI with the scheme {@code http} or {@code https}
     * @throws IllegalArgumentException if it is not one that can be used; the message says what is allowed, and quotes
     *     nothing
     */
    static UrlAddress parse(URI uri) {
        try {
            return new UrlAddress(uri);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(ALLOWED, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(ALLOWED + " (" + e.getMessage() + ")", e);
        }
    }

    private static int seconds(StoreUri address, String name, int max, int otherwise) {
        String text = address.parameter(name);
        if (text == null) {
            return otherwise;
        }
        String wrong = name + " is no number from 1 to " + max;
        int seconds = StoreUri.number(text, wrong);
        StoreUri.check(seconds >= 1 && seconds <= max, wrong);
        return seconds;
    }

    /** Returns scheme, host and port. */
    Origin origin() {
        return origin;
    }

    /** Returns path and query, encoded. */
    String target() {
        return target;
    }

    /** Returns the value of the header {@code Authorization}, or {@code null} for none. */
    String authorization() throws IOException {
        if (token != null) {
            return "Bearer " + token.read();
        }
        if (user == null) {
            return null;
        }
        byte[] login = (user + ":" + password.read()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(login);
    }

    Tls tls() {
        return tls;
    }

    /** Returns how long a reading holds at least, in nanoseconds. */
    long pollNanos() {
        return pollNanos;
    }

    /** Returns how long the server is asked to wait for a change, in seconds; 0 for not at all. */
    int waitSeconds() {
        return waitSeconds;
    }

    /** Returns whether to write where the server does not look at conditions. */
    boolean isUnconditional() {
        return unconditional;
    }

    /** Returns the URL without user, password, query and fragment. */
    @Override
    public String toString() {
        return name;
    }
}
