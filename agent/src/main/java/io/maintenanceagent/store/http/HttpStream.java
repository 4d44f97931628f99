package io.maintenanceagent.store.http;

import io.maintenanceagent.store.remote.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/** A response that comes line by line for as long as both sides like. For one thread, but for {@link #close}. */
public final class HttpStream implements Closeable {

    private final HttpConnection connection;
    private final InputStream body;
    private final int maxBytes;

    HttpStream(HttpConnection connection, HttpRequest request, int maxBytes) throws IOException {
        this.connection = connection;
        this.maxBytes = maxBytes;
        this.body = connection.open(request);
        if (connection.status() != 200) {
            throw new HttpFailure(connection.status(), "answers " + connection.status());
        }
    }

    boolean isFrom(Endpoint server) {
        return connection.endpoint().equals(server);
    }

    /**
     * Waits for the next line.
     *
     * @param millis how long to wait, in milliseconds
     * @return the line; {@code null} if none has come
     * @throws IOException if the stream has ended, or in the middle of a line; it is of no use any more
     */
    public String line(long millis) throws IOException {
        connection.within(millis);
        int[] left = {maxBytes};
        try {
            String line = HttpConnection.line(body, left);
            if (line == null) {
                throw new IOException("ended");
            }
            return line;
        } catch (SocketTimeoutException e) {
            if (left[0] < maxBytes) {
                throw e;
            }
            return null;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
