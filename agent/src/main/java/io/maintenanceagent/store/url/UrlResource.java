package io.maintenanceagent.store.url;

import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.store.http.HttpClient;
import io.maintenanceagent.store.http.HttpFailure;
import io.maintenanceagent.store.http.HttpRequest;
import io.maintenanceagent.store.http.HttpResponse;
import io.maintenanceagent.store.remote.Endpoint;
import io.maintenanceagent.store.remote.Tls;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Requests to a URL. Redirects of readings are followed, from TLS to TLS only, and credentials go to the URL's own
 * origin alone.
 *
 * <p>For one thread at a time; any thread may {@link #close} it.
 */
final class UrlResource implements Closeable {

    private static final int MAX_REDIRECTS = 5;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int NOT_MODIFIED = 304;
    private static final int BAD_REQUEST = 400;

    private final UrlAddress address;
    private final HttpClient own;
    private final Map<Origin, HttpClient> others = new HashMap<Origin, HttpClient>(); // guarded by itself
    private boolean closed; // guarded by others
    private boolean redirected;

    /** @param address what to ask for; not connected to yet */
    UrlResource(UrlAddress address) {
        this.address = address;
        this.own = client(address.origin());
    }

    private HttpClient client(Origin origin) {
        Tls tls = origin.isSecure() ? address.tls() : null;
        return new HttpClient(Collections.singletonList(origin.endpoint()), tls, StateParser.MAX_BYTES);
    }

    /**
     * Reads it.
     *
     * @param headers pairs of names and values; a value may be {@code null}
     * @param waitMillis how long the server may wait, in milliseconds
     * @return the response of the last URL, no redirect
     * @throws IOException if there is none; the message is a clause behind the store's name
     */
    HttpResponse get(int waitMillis, String... headers) throws IOException {
        Origin origin = address.origin();
        String target = address.target();
        redirected = false;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpRequest request = HttpRequest.of("GET", target)
                    .waiting(waitMillis)
                    .with("Accept", "application/json, text/plain;q=0.9, */*;q=0.1");
            for (int i = 0; i < headers.length; i += 2) {
                request = request.with(headers[i], headers[i + 1]);
            }
            boolean isOwn = origin.equals(address.origin());
            HttpResponse response = isOwn
                    ? own.send(request.with("Authorization", address.authorization()))
                    : other(origin).send(request);
            String location = response.header("Location");
            boolean redirects3xx = response.status() >= MULTIPLE_CHOICES
                    && response.status() < BAD_REQUEST
                    && response.status() != NOT_MODIFIED;
            if (!redirects3xx) {
                return response;
            }
            if (location == null) {
                throw response.toFailure();
            }
            URI next = resolve(origin, target, location);
            if (origin.isSecure() && !next.getScheme().equalsIgnoreCase("https")) {
                throw new HttpFailure(
                        response.status(), "redirects from https to " + next.getScheme() + "; not followed");
            }
            origin = new Origin(next.getScheme(), new Endpoint(host(next), port(next)));
            target = target(next);
            redirected = true;
        }
        throw new HttpFailure(0, "redirects more than " + MAX_REDIRECTS + " times");
    }

    /** Returns whether the last reading was redirected. */
    boolean isRedirected() {
        return redirected;
    }

    /** Sends a request that writes, to the URL itself. */
    HttpResponse write(HttpRequest request) throws IOException {
        return own.sendOnce(request.with("Authorization", address.authorization()));
    }

    private static URI resolve(Origin origin, String target, String location) throws IOException {
        try {
            URI next = URI.create(origin + target).resolve(location.trim());
            boolean isHttp = "http".equalsIgnoreCase(next.getScheme()) || "https".equalsIgnoreCase(next.getScheme());
            if (isHttp && next.getHost() != null) {
                return next;
            }
        } catch (IllegalArgumentException ignored) {
            // said below
        }
        throw new HttpFailure(0, "redirects to something that is no URL");
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI uri) {
        return uri.getPort() < 0 ? Origin.portOf(uri.getScheme()) : uri.getPort();
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private HttpClient other(Origin origin) throws IOException {
        synchronized (others) {
            if (closed) {
                throw new HttpFailure(0, "is closed");
            }
            HttpClient client = others.get(origin);
            if (client == null) {
                if (others.size() >= MAX_REDIRECTS) {
                    closeOthers(); // a server that names another host each time
                }
                client = client(origin);
                others.put(origin, client);
            }
            return client;
        }
    }

    private void closeOthers() {
        for (HttpClient client : others.values()) {
            client.close();
        }
        others.clear();
    }

    @Override
    public void close() {
        own.close();
        synchronized (others) {
            closed = true;
            closeOthers();
        }
    }
}
