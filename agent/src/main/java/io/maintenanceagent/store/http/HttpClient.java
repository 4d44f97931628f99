package io.maintenanceagent.store.http;

import io.maintenanceagent.store.remote.Backoff;
import io.maintenanceagent.store.remote.Endpoint;
import io.maintenanceagent.store.remote.SecretException;
import io.maintenanceagent.store.remote.Tls;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Sends requests to one of several equal servers, over a connection that is kept. A server that does not answer, or
 * answers that it cannot now (429, 5xx), is followed by the next one. When none is left, the client waits before it
 * asks again; meanwhile calls fail at once with the same message.
 *
 * <p>A call takes {@value #ANSWER_SECONDS} seconds for each server at the most, and as long as the request may wait.
 * Safe for any thread: one at a time asks, others wait, and {@link #close} does not wait.
 */
public final class HttpClient implements Closeable {

    static final int ANSWER_SECONDS = (2 * HttpConnection.CONNECT_MILLIS + 2 * HttpConnection.ANSWER_MILLIS) / 1000;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final List<Endpoint> endpoints;
    private final Tls tls;
    private final int maxBytes;
    private final Backoff backoff = new Backoff();

    private int current;
    private HttpFailure outage; // why no server answered last; null once one has
    private long backoffEndNanos;

    private volatile HttpConnection connection;
    private volatile boolean closed;

    /**
     * @param endpoints the servers; connected to when they are needed
     * @param tls how to connect with TLS; {@code null} for without
     * @param maxBytes how large the body of a response may be
     */
    public HttpClient(List<Endpoint> endpoints, Tls tls, int maxBytes) {
        this.endpoints = endpoints;
        this.tls = tls;
        this.maxBytes = maxBytes;
    }

    /**
     * Sends a request that may be sent more than once.
     *
     * @return the response, of a status below 500 and not 429
     * @throws HttpFailure if there is none; the message is a clause behind the store's name
     */
    public synchronized HttpResponse send(HttpRequest request) throws HttpFailure {
        checkBackoff();
        HttpFailure first = null;
        for (int tried = 0; tried < endpoints.size(); tried++) {
            try {
                return answered(exchange(request, true));
            } catch (HttpFailure failure) {
                first = first == null ? failure : first;
                next();
            }
        }
        throw failed(first);
    }

    /**
     * Sends a request that must not be received twice: only a server that cannot be connected to is followed by the
     * next one.
     *
     * @return the response, of a status below 500 and not 429
     * @throws HttpFailure if there is none; the server may have received the request
     */
    public synchronized HttpResponse sendOnce(HttpRequest request) throws HttpFailure {
        checkBackoff();
        HttpFailure first = null;
        for (int tried = 0; tried < endpoints.size(); tried++) {
            disconnect(); // one that was kept may have ended at the other side
            try {
                connect();
            } catch (IOException e) {
                first = first == null ? unreachable(e) : first;
                next();
                continue;
            }
            try {
                return answered(exchange(request, false));
            } catch (HttpFailure failure) {
                next();
                throw failed(failure);
            }
        }
        throw failed(first);
    }

    /**
     * Sends a request whose response has no end, on a connection of its own to the server that answered last.
     *
     * @param request the request
     * @return the response, to be closed
     * @throws HttpFailure if there is none, or not one of status 200
     */
    public HttpStream open(HttpRequest request) throws HttpFailure {
        Endpoint endpoint;
        synchronized (this) {
            endpoint = endpoints.get(current);
        }
        HttpConnection own = new HttpConnection(endpoint, tls);
        try {
            own.connect();
            return new HttpStream(own, request, maxBytes);
        } catch (IOException e) {
            own.close();
            throw unreachable(e);
        }
    }

    /**
     * Returns whether a stream comes from the server that is asked first.
     *
     * @param stream a stream of this client's
     */
    public synchronized boolean isCurrent(HttpStream stream) {
        return stream.isFrom(endpoints.get(current));
    }

    /** Ends a request that is under way; later ones fail. */
    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private void checkBackoff() throws HttpFailure {
        if (outage != null && System.nanoTime() - backoffEndNanos < 0) {
            throw outage;
        }
    }

    private HttpResponse answered(HttpResponse response) {
        outage = null;
        backoff.reset();
        return response;
    }

    /** The same outage looks different from one attempt to the next: a reset, then a refused connection. */
    private HttpFailure failed(HttpFailure failure) {
        if (outage == null || outage.status() != failure.status()) {
            outage = failure;
        }
        backoffEndNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis());
        return outage;
    }

    private void next() {
        disconnect();
        current = (current + 1) % endpoints.size();
    }

    /** @param again whether to send it once more if the server has ended a connection that was kept */
    private HttpResponse exchange(HttpRequest request, boolean again) throws HttpFailure {
        HttpConnection used = connection;
        boolean kept = again && used != null && used.isReusable();
        HttpResponse response;
        try {
            response = connect().exchange(request, maxBytes);
        } catch (IOException e) {
            disconnect();
            if (!kept || e instanceof SocketTimeoutException || closed) {
                throw unreachable(e);
            }
            try {
                response = connect().exchange(request, maxBytes);
            } catch (IOException second) {
                disconnect();
                throw unreachable(second);
            }
        }
        if (response.status() >= SERVER_ERROR || response.status() == TOO_MANY_REQUESTS) {
            throw response.toFailure();
        }
        return response;
    }

    private HttpConnection connect() throws IOException {
        HttpConnection server = connection;
        if (server != null && server.isReusable()) {
            return server;
        }
        disconnect();
        server = new HttpConnection(endpoints.get(current), tls);
        // Assign the field, then check closed; close does the opposite, so one of the two threads sees the other.
        connection = server;
        if (closed) {
            disconnect();
            throw new IOException("closed");
        }
        server.connect();
        return server;
    }

    private void disconnect() {
        HttpConnection server = connection;
        connection = null;
        if (server != null) {
            server.close();
        }
    }

    private HttpFailure unreachable(IOException e) {
        if (e instanceof HttpFailure) {
            return (HttpFailure) e;
        }
        String where = endpoints.size() == 1 ? "" : endpoints.get(current) + ": ";
        HttpFailure failure = new HttpFailure(0, clause(where, e));
        failure.initCause(e);
        return failure;
    }

    private static String clause(String where, IOException e) {
        if (e instanceof SecretException) {
            return e.getMessage();
        }
        if (e instanceof ProtocolException) {
            return "does not answer as a server of HTTP does (" + where + e.getMessage() + ")";
        }
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof SocketTimeoutException) {
            why = "no answer in time";
        } else if (e instanceof UnknownHostException) {
            why = "unknown host " + why;
        } else if (e instanceof SSLException) {
            why = "TLS: " + why;
        } else if (e instanceof FileNotFoundException) {
            why = "no file " + why;
        }
        return "cannot be reached (" + where + why + ")";
    }
}
