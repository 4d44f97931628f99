package io.maintenanceagent.state;

import io.maintenanceagent.api.RequestView;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Tells which requests ask for nothing but reading. Stateless. */
public final class SafeRequest {

    /** RFC 9110 section 9.2.1. */
    private static final Set<String> METHODS =
            Collections.unmodifiableSet(new HashSet<String>(Arrays.asList("GET", "HEAD", "OPTIONS", "TRACE")));

    /** Headers by which frameworks take a request for one of another method. */
    private static final String[] OVERRIDES = {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"};

    private SafeRequest() {}

    /**
     * Returns whether a request's method is safe, no header changes the method, and the request opens no WebSocket,
     * through which a client may write. Over HTTP/2 that is a {@code CONNECT} (RFC 8441), which is not safe anyway.
     *
     * @param request a request
     */
    static boolean is(RequestView request) {
        return METHODS.contains(request.method()) && !opensWebSocket(request) && !isOverridden(request);
    }

    /**
     * Returns whether a request asks for a WebSocket over HTTP/1 (RFC 6455 section 4.1).
     *
     * @param request a request
     */
    public static boolean opensWebSocket(RequestView request) {
        for (String line : request.headers("Upgrade")) {
            for (String protocol : line.split(",")) {
                int slash = protocol.indexOf('/'); // a version (RFC 9110 section 7.8), which none has yet
                if ((slash < 0 ? protocol : protocol.substring(0, slash)).trim().equalsIgnoreCase("websocket")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOverridden(RequestView request) {
        for (String name : OVERRIDES) {
            for (String method : request.headers(name)) {
                if (!METHODS.contains(method.trim().toUpperCase(Locale.ROOT))) {
                    return true;
                }
            }
        }
        return false;
    }
}
