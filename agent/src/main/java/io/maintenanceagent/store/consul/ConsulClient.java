package io.maintenanceagent.store.consul;

import io.maintenanceagent.json.Json;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.store.http.HttpClient;
import io.maintenanceagent.store.http.HttpFailure;
import io.maintenanceagent.store.http.HttpRequest;
import io.maintenanceagent.store.http.HttpResponse;
import io.maintenanceagent.store.remote.Secret;
import io.maintenanceagent.store.remote.StoreUri;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Requests to Consul's HTTP API, with a token if there is one. Safe for any thread, as {@link HttpClient} is. */
final class ConsulClient implements Closeable {

    static final int OK = 200;
    static final int NOT_FOUND = 404;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HttpClient http;
    private final Secret token; // null for none

    /**
     * @param address the servers and the token
     * @param maxBytes how large a response may be
     */
    ConsulClient(StoreUri address, int maxBytes) {
        this.http = new HttpClient(
                address.endpoints(), address.scheme().equals("consuls") ? address.tls() : null, maxBytes);
        StoreUri.check(address.user() == null, "there is a user, and Consul knows tokens only");
        this.token = address.secret("password", address.password());
    }

    /**
     * Sends a request that may be sent twice.
     *
     * @return the response, of status 200 or 404
     * @throws IOException if there is none; the message is a clause behind the store's name
     */
    HttpResponse send(HttpRequest request) throws IOException {
        return checked(http.send(withToken(request)));
    }

    /** Sends a request that must not be received twice; otherwise as {@link #send}. */
    HttpResponse sendOnce(HttpRequest request) throws IOException {
        return checked(http.sendOnce(withToken(request)));
    }

    private HttpRequest withToken(HttpRequest request) throws IOException {
        return request.with("X-Consul-Token", token == null ? null : token.read());
    }

    private static HttpResponse checked(HttpResponse response) throws IOException {
        if (response.status() == UNAUTHORIZED || response.status() == FORBIDDEN) {
            throw new HttpFailure(response.status(), "refuses access" + response.quote());
        }
        if (response.status() != OK && response.status() != NOT_FOUND) {
            throw response.toFailure();
        }
        return response;
    }

    /** Parses a response. */
    static JsonValue parse(HttpResponse response) throws IOException {
        try {
            return Json.parse(response.body());
        } catch (MalformedContentException e) {
            throw stranger();
        }
    }

    /** Returns whether a change was made. */
    static boolean isTrue(HttpResponse response) {
        return response.status() == OK
                && new String(response.body(), StandardCharsets.UTF_8).trim().equals("true");
    }

    /** Returns what to throw where a server is not Consul. */
    static IOException stranger() {
        return new IOException("does not answer as Consul does");
    }

    @Override
    public void close() {
        http.close();
    }
}
