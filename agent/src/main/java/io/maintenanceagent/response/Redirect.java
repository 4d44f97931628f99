package io.maintenanceagent.response;

import io.maintenanceagent.api.RequestView;
import java.net.URI;
import java.util.Locale;

/** The redirection of refused requests for pages to a policy's target. */
final class Redirect {

    /**
     * Headers by which proxies name the host that their client asked for. A client that sends one itself gets the
     * maintenance response.
     */
    private static final String[] FORWARDED_HOST = {"X-Forwarded-Host", "Forwarded"};

    private Redirect() {}

    /** Whether the request is for the target already, or may be. */
    static boolean leadsTo(String target, RequestView request) {
        URI uri = URI.create(target);
        String path = uri.getPath() == null || uri.getPath().isEmpty() ? "/" : uri.getPath();
        return path.equals(request.path()) && (uri.getHost() == null || isFor(uri.getHost(), request));
    }

    private static boolean isFor(String host, RequestView request) {
        if (host.equalsIgnoreCase(request.host())) {
            return true;
        }
        for (String header : FORWARDED_HOST) {
            for (String line : request.headers(header)) {
                if (line.toLowerCase(Locale.ROOT).contains(host.toLowerCase(Locale.ROOT))) {
                    return true;
                }
            }
        }
        return false;
    }
}
