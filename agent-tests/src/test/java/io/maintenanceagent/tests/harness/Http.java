package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An exact HTTP/1.1 client: each request on a connection of its own, which has to end with the response. Thread-safe.
 * Errors of the connection or the protocol are {@link UncheckedIOException}s; so is 20 s of silence.
 */
public final class Http {

    private final int port;
    private final boolean ends;

    public Http(int port) {
        this(port, true);
    }

    /**
     * @param port the server's
     * @param ends whether the server closes a connection when it is asked to; Helidon does not
     */
    public Http(int port, boolean ends) {
        this.port = port;
        this.ends = ends;
    }

    public int port() {
        return port;
    }

    public Response get(String target) {
        return send(Request.get(target));
    }

    /** Sends a request, with {@code Connection: close}, and makes sure that nothing comes after the response. */
    public Response send(Request request) {
        try (HttpConnection connection = connect()) {
            Response response = connection.send(request.with("Connection", "close"));
            if (ends) {
                connection.expectEnd();
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(request + " on port " + port + ": " + e, e);
        }
    }

    /** A connection for many requests, one after the other. */
    public HttpConnection connect() throws IOException {
        return new HttpConnection(port);
    }
}
