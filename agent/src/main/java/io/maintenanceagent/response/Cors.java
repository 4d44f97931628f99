package io.maintenanceagent.response;

import io.maintenanceagent.api.RequestView;
import java.util.Collections;
import java.util.List;

/**
 * The CORS headers of a response (Fetch standard, "CORS protocol"). Without them a browser shows scripts of other
 * origins a network error in place of the 503.
 *
 * <p>Only origins that the policy names or has a pattern for, never {@code *}, and never any origin that a request
 * names. Credentials are allowed: otherwise a browser hides the response to a request with cookies, and the response
 * holds nothing that the origin must not know. Immutable.
 */
final class Cors {

    static final Cors NONE = new Cors(new Origins());

    /** What the response to a preflight depends on, besides the origin. */
    static final String PREFLIGHT_VARY = "Access-Control-Request-Method, Access-Control-Request-Headers";

    private final Origins origins;

    /** @param origins the origins that may read responses */
    Cors(Origins origins) {
        this.origins = origins;
    }

    boolean isConfigured() {
        return !origins.isEmpty();
    }

    /** Returns the request's origin, if it is one of those configured; {@code null} otherwise. */
    String allowed(RequestView request) {
        if (origins.isEmpty()) {
            return null;
        }
        String origin = request.header("Origin");
        return origin != null && origins.contain(origin) ? origin : null;
    }

    /** Whether a request is a preflight; any other with {@code OPTIONS} is a request like others. */
    static boolean isPreflight(RequestView request) {
        return request.method().equals("OPTIONS") && isTokens(request.header("Access-Control-Request-Method"));
    }

    static void expose(String origin, List<String> headers) {
        Collections.addAll(headers, "Access-Control-Allow-Origin", origin);
        Collections.addAll(headers, "Access-Control-Allow-Credentials", "true");
        Collections.addAll(headers, "Access-Control-Expose-Headers", "Retry-After");
    }

    /**
     * Allows what is asked for, so that the browser goes on to the request itself, which is refused where it can be
     * seen. With a maximum age of 0: what the application does not allow must not be allowed longer than the
     * maintenance lasts.
     */
    static void preflight(String origin, RequestView request, List<String> headers) {
        expose(origin, headers);
        Collections.addAll(headers, "Access-Control-Allow-Methods", request.header("Access-Control-Request-Method"));
        String asked = request.header("Access-Control-Request-Headers");
        if (isTokens(asked)) {
            Collections.addAll(headers, "Access-Control-Allow-Headers", asked);
        }
        Collections.addAll(headers, "Access-Control-Max-Age", "0");
        Collections.addAll(headers, "Cache-Control", "no-store");
    }

    /** A list of tokens (RFC 9110 section 5.6.2): nothing that could break the header it is repeated in. */
    private static boolean isTokens(String value) {
        if (value == null || value.isEmpty() || value.length() > QualityList.MAX_CHARS) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != ',' && c != ' ' && !HeaderRules.isTokenChar(c)) {
                return false;
            }
        }
        return true;
    }
}
