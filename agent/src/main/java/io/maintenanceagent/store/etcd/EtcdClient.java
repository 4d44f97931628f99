package io.maintenanceagent.store.etcd;

import io.maintenanceagent.json.Json;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.store.http.HttpClient;
import io.maintenanceagent.store.http.HttpFailure;
import io.maintenanceagent.store.http.HttpRequest;
import io.maintenanceagent.store.http.HttpResponse;
import io.maintenanceagent.store.http.HttpStream;
import io.maintenanceagent.store.remote.Secret;
import io.maintenanceagent.store.remote.StoreUri;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Calls of etcd's JSON gateway, logged in if there is a user. A token that is not valid any more is asked for again.
 *
 * <p>Safe for any thread, as {@link HttpClient} is.
 */
final class EtcdClient implements Closeable {

    private static final int OK = 200;
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;

    private final HttpClient http;
    private final String user;
    private final Secret password;
    private volatile String token; // null until it is asked for

    /**
     * @param address the servers and the login
     * @param maxBytes how large a response may be
     */
    EtcdClient(StoreUri address, int maxBytes) {
        this.http =
                new HttpClient(address.endpoints(), address.scheme().equals("etcds") ? address.tls() : null, maxBytes);
        this.user = address.user();
        this.password = address.secret("password", address.password());
        StoreUri.check(user == null || password != null, "there is a user and no password");
        StoreUri.check(user != null || password == null, "there is a password and no user");
    }

    /**
     * Calls a method that may be called twice.
     *
     * @param path the method
     * @param body its argument, JSON
     * @return its result, an object
     * @throws IOException if there is none; the message is a clause behind the store's name
     */
    JsonValue call(String path, String body) throws IOException {
        return call(path, body, true);
    }

    /** Calls a method that must not be called twice; otherwise as {@link #call}. */
    JsonValue callOnce(String path, String body) throws IOException {
        return call(path, body, false);
    }

    private JsonValue call(String path, String body, boolean again) throws IOException {
        HttpRequest request = HttpRequest.of("POST", path, bytes(body)).with("Content-Type", "application/json");
        HttpResponse response = send(request.with("Authorization", token()), again);
        if (response.status() != OK && token != null && isTokenRefused(response)) {
            token = null;
            response = send(request.with("Authorization", token()), again);
        }
        return checked(response);
    }

    private HttpResponse send(HttpRequest request, boolean again) throws HttpFailure {
        return again ? http.send(request) : http.sendOnce(request);
    }

    /** Opens a stream of results, each a line. */
    HttpStream stream(String path, String body) throws IOException {
        return http.open(HttpRequest.of("POST", path, bytes(body))
                .with("Content-Type", "application/json")
                .with("Authorization", token()));
    }

    /** Whether a stream comes from the server that readings come from: another one may be cut off from the others. */
    boolean isCurrent(HttpStream stream) {
        return http.isCurrent(stream);
    }

    /** Simple tokens expire, and all of them become invalid when users or roles change. */
    private static boolean isTokenRefused(HttpResponse response) {
        return response.status() == UNAUTHENTICATED || response.quote().contains("auth");
    }

    private String token() throws IOException {
        String known = token;
        if (known == null && user != null) {
            String login = "{\"name\":" + quoted(user) + ",\"password\":" + quoted(password.read()) + "}";
            HttpResponse response = http.send(HttpRequest.of("POST", "/v3/auth/authenticate", bytes(login))
                    .with("Content-Type", "application/json"));
            if (response.status() != OK) {
                throw new HttpFailure(response.status(), "refuses the login" + reason(response));
            }
            known = text(parse(response.body()), "token");
            token = known;
        }
        return known;
    }

    private static JsonValue checked(HttpResponse response) throws IOException {
        if (response.status() == OK) {
            return parse(response.body());
        }
        if (response.status() == UNAUTHENTICATED
                || response.status() == FORBIDDEN
                || reason(response).contains("user name is empty")) {
            throw new HttpFailure(response.status(), "refuses access" + reason(response));
        }
        throw new HttpFailure(response.status(), "answers " + response.status() + reason(response));
    }

    /** etcd's own words, in parentheses behind a blank. */
    private static String reason(HttpResponse response) {
        try {
            JsonValue error = parse(response.body());
            String message = error.get("message") == null ? text(error, "error") : text(error, "message");
            return message.isEmpty() ? "" : " (" + message + ")";
        } catch (IOException e) {
            return response.quote();
        }
    }

    /** Parses a result. */
    static JsonValue parse(byte[] json) throws IOException {
        try {
            JsonValue value = Json.parse(json);
            if (value.isObject()) {
                return value;
            }
        } catch (MalformedContentException ignored) {
            // said below
        }
        throw new HttpFailure(
                0, "does not answer as etcd does; its JSON gateway has to be there, version 3.4 or later");
    }

    /** Returns a member that is a text; empty if there is none. */
    static String text(JsonValue object, String name) throws IOException {
        JsonValue member = object.get(name);
        try {
            return member == null ? "" : member.text();
        } catch (MalformedContentException e) {
            throw new HttpFailure(0, "does not answer as etcd does: " + e.getMessage());
        }
    }

    /** Returns a member that is a number in quotes, as the gateway writes 64 bits; 0 if there is none. */
    static long number(JsonValue object, String name) throws IOException {
        String digits = text(object, name);
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new HttpFailure(0, "does not answer as etcd does: " + name + " is no number");
        }
    }

    /** Returns bytes as the gateway takes and gives them, with quotation marks. */
    static String base64(byte[] bytes) {
        return '"' + Base64.getEncoder().encodeToString(bytes) + '"';
    }

    /** Returns a member that holds bytes; none if it is left out. */
    static byte[] bytes(JsonValue object, String name) throws IOException {
        try {
            return Base64.getDecoder().decode(text(object, name));
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(0, "does not answer as etcd does: " + name + " is no base64");
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public void close() {
        http.close();
    }
}
