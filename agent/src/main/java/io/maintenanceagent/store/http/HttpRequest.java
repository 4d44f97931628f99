package io.maintenanceagent.store.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request to a server. Immutable. */
public final class HttpRequest {

    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final byte[] body;
    private final int waitMillis;

    private HttpRequest(String method, String target, Map<String, String> headers, byte[] body, int waitMillis) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.waitMillis = waitMillis;
    }

    /**
     * Returns a request without a body.
     *
     * @param method the method
     * @param target path and query, encoded
     */
    public static HttpRequest of(String method, String target) {
        return new HttpRequest(method, target, new LinkedHashMap<String, String>(), null, 0);
    }

    /**
     * Returns a request with a body.
     *
     * @param method the method
     * @param target path and query, encoded
     * @param body the body; not copied
     */
    public static HttpRequest of(String method, String target, byte[] body) {
        return new HttpRequest(method, target, new LinkedHashMap<String, String>(), body, 0);
    }

    /**
     * Returns this request with another header.
     *
     * @param name the header's name
     * @param value its value, without line breaks; {@code null} for none
     */
    public HttpRequest with(String name, String value) {
        if (value == null) {
            return this;
        }
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(name + " has a line break");
        }
        Map<String, String> more = new LinkedHashMap<String, String>(headers);
        more.put(name, value);
        return new HttpRequest(method, target, more, body, waitMillis);
    }

    /**
     * Returns this request for a server that may wait before it answers.
     *
     * @param millis how long, in milliseconds
     */
    public HttpRequest waiting(int millis) {
        return new HttpRequest(method, target, headers, body, millis);
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** {@code null} for none. */
    byte[] body() {
        return body;
    }

    int waitMillis() {
        return waitMillis;
    }
}
