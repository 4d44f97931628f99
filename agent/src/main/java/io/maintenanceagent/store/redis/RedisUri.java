package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Endpoint;
import io.maintenanceagent.store.remote.Secret;
import io.maintenanceagent.store.remote.StoreUri;
import io.maintenanceagent.store.remote.Tls;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Where Redis is, how to log in, and which key holds the state: what a URI says. Immutable. */
final class RedisUri {

    /** How servers are found. */
    enum Kind {
        /** The server that is named. */
        SINGLE("HOST[:PORT][/DATABASE][?key=NAME]", 6379),
        /** The master that sentinels name. */
        SENTINEL("HOST[:PORT][,HOST[:PORT]...]/MASTER[?key=NAME][&db=DATABASE]", 26379),
        /** The node of a cluster that has the key's slot. */
        CLUSTER("HOST[:PORT][,HOST[:PORT]...][?key=NAME]", 6379);

        private final String place;
        private final int defaultPort;

        Kind(String place, int defaultPort) {
            this.place = place;
            this.defaultPort = defaultPort;
        }
    }

    private static final String DEFAULT_KEY = "maintenance";
    private static final String[] PARAMETERS = {
        "key",
        "db",
        "password-file",
        "password-env",
        "sentinel-user",
        "sentinel-password-file",
        "sentinel-password-env",
        "keystore",
        "keystore-password-file",
        "keystore-password-env",
        "truststore",
        "truststore-password-file",
        "truststore-password-env"
    };

    /** How long a server may take to connect and to answer, in milliseconds. */
    private static final int TIMEOUT_MILLIS = 1_000;

    /** The same for a sentinel, of which there are several, asked one after the other. */
    private static final int SENTINEL_TIMEOUT_MILLIS = 500;

    private final Kind kind;
    private final StoreUri uri;
    private final int database;
    private final String key;
    private final ConnectionSettings settings;
    private final ConnectionSettings sentinelSettings;

    private RedisUri(Kind kind, StoreUri uri) {
        this.kind = kind;
        this.uri = uri;
        boolean tls = uri.scheme().startsWith("rediss");
        Tls certificates = uri.tls();
        StoreUri.check(tls || !certificates.isGiven(), "keystores and truststores belong to rediss");
        Secret password = uri.secret("password", uri.password());
        StoreUri.check(uri.user() == null || password != null, "there is a user without a password");
        this.database = database(kind, uri);
        String named = uri.parameter("key");
        this.key = named == null ? DEFAULT_KEY : named;
        StoreUri.check(
                kind != Kind.CLUSTER || HashSlot.hasOneTag(key),
                "braces in a cluster's key are allowed around a hash tag only");
        Secret sentinelPassword = uri.secret("sentinel-password", null);
        String sentinelUser = uri.parameter("sentinel-user");
        StoreUri.check(
                kind == Kind.SENTINEL || sentinelPassword == null && sentinelUser == null,
                "logins for sentinels belong to redis-sentinel");
        StoreUri.check(sentinelUser == null || sentinelPassword != null, "there is a sentinel-user without a password");
        this.settings =
                new ConnectionSettings(tls ? certificates : null, uri.user(), password, database, TIMEOUT_MILLIS);
        this.sentinelSettings = new ConnectionSettings(
                tls ? certificates : null, sentinelUser, sentinelPassword, 0, SENTINEL_TIMEOUT_MILLIS);
    }

    private static int database(Kind kind, StoreUri uri) {
        String number = uri.parameter("db");
        StoreUri.check(kind == Kind.SENTINEL || number == null, "db belongs to redis-sentinel");
        if (kind == Kind.SINGLE) {
            StoreUri.check(uri.endpoints().size() == 1, "several hosts belong to redis-sentinel or redis-cluster");
            number = uri.path().isEmpty() ? null : uri.path();
        } else if (kind == Kind.SENTINEL) {
            StoreUri.check(!uri.path().isEmpty() && uri.path().indexOf('/') < 0, "there is no name of a master");
        } else {
            StoreUri.check(uri.path().isEmpty(), "there is a path; a cluster has database 0 alone");
        }
        return number == null ? 0 : StoreUri.number(number, "the database is no number");
    }

    /**
     * @param uri a URI with one of the schemes of {@link RedisStoreFactory}
     * @throws IllegalArgumentException if it is not as described there; the message says what is allowed, and then
     *     which part is wrong, and quotes nothing, since the URI may hold a password
     */
    static RedisUri parse(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        Kind kind =
                scheme.endsWith("-sentinel") ? Kind.SENTINEL : scheme.endsWith("-cluster") ? Kind.CLUSTER : Kind.SINGLE;
        try {
            return new RedisUri(kind, new StoreUri(uri, kind.defaultPort, PARAMETERS));
        } catch (IllegalArgumentException e) {
            String plain = scheme.replaceFirst("rediss", "redis");
            throw new IllegalArgumentException(
                    plain + "://[[USER]:PASSWORD@]" + kind.place + ", " + plain.replaceFirst("redis", "rediss")
                            + ":// for TLS, password-file=F or password-env=NAME in place of :PASSWORD, with %XX for"
                            + " special characters; here " + e.getMessage(),
                    e);
        }
    }

    Kind kind() {
        return kind;
    }

    /** Returns the hosts: the server, the sentinels, or some nodes of a cluster. */
    List<Endpoint> endpoints() {
        return uri.endpoints();
    }

    /** Returns the name that the sentinels know the master by. */
    String master() {
        return uri.path();
    }

    int database() {
        return database;
    }

    String key() {
        return key;
    }

    /** Returns how to connect to a server that holds keys. */
    ConnectionSettings settings() {
        return settings;
    }

    /** Returns how to connect to a sentinel. */
    ConnectionSettings sentinelSettings() {
        return sentinelSettings;
    }

    /** Returns a URI without user and password. */
    @Override
    public String toString() {
        String raw = uri.rawParameter("key");
        String path = kind == Kind.SINGLE ? "/" + database : kind == Kind.SENTINEL ? "/" + uri.path() : "";
        return uri.scheme() + "://" + uri.hosts() + path + "?key=" + (raw == null ? DEFAULT_KEY : raw)
                + (kind == Kind.SENTINEL && database != 0 ? "&db=" + database : "");
    }
}
