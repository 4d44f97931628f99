package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Secret;
import io.maintenanceagent.store.remote.Tls;

/** What a connection needs beside the place of the server. Immutable. */
final class ConnectionSettings {

    private final Tls tls;
    private final String user;
    private final Secret password;
    private final int database;
    private final int timeoutMillis;

    /**
     * @param tls keys and certificates; {@code null} for no TLS
     * @param user the user to log in as; {@code null} for the server's default user
     * @param password the password; {@code null} for no login
     * @param database the database's number
     * @param timeoutMillis how long connecting may take, and then each answer, in milliseconds
     */
    ConnectionSettings(Tls tls, String user, Secret password, int database, int timeoutMillis) {
        this.tls = tls;
        this.user = user;
        this.password = password;
        this.database = database;
        this.timeoutMillis = timeoutMillis;
    }

    Tls tls() {
        return tls;
    }

    String user() {
        return user;
    }

    Secret password() {
        return password;
    }

    int database() {
        return database;
    }

    int timeoutMillis() {
        return timeoutMillis;
    }
}
