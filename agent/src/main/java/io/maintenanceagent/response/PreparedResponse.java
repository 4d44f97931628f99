package io.maintenanceagent.response;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The response to refused requests, made once for a state and the settings. A body is rendered when the first request
 * needs it. Safe for any thread.
 */
public final class PreparedResponse {

    private static final int NO_CONTENT = 204;
    private static final int FOUND = 302;
    private static final int SEE_OTHER = 303;

    private final MaintenanceNotice notice;
    private final ResponseSettings settings;
    private final RetryAfter retryAfter;
    private final Bodies bodies;
    private volatile Bodies queued; // null until a client is refused that is in a queue without an end
    private final CustomBodies custom;
    private final ErrorReporter errors;

    private PreparedResponse(State state, ResponseSettings settings, CustomBodies custom, ErrorReporter errors) {
        this.notice = new MaintenanceNotice(state);
        this.settings = settings;
        this.retryAfter = RetryAfter.of(state, settings);
        this.bodies = new Bodies(notice, settings);
        this.custom = custom;
        this.errors = errors;
    }

    /**
     * Returns the default response to requests that a state refuses.
     *
     * @param state a state that refuses requests
     */
    public static PreparedResponse of(State state) {
        return new PreparedResponse(state, ResponseSettings.DEFAULT, null, null);
    }

    /**
     * Returns the response to requests that a state refuses.
     *
     * @param state a state that refuses requests
     * @param settings what the policy says
     * @param renderers asked for the body first, in this order; one that throws is skipped for that request
     * @param errors where these exceptions are reported
     */
    public static PreparedResponse of(
            State state, ResponseSettings settings, List<ResponseRenderer> renderers, ErrorReporter errors) {
        return new PreparedResponse(
                state, settings, renderers.isEmpty() ? null : new CustomBodies(renderers, errors), errors);
    }

    /**
     * Renders the response to a request, by what it accepts. Reads its head only. If rendering fails, the response is
     * the default one: a fault in a page must not let the request in.
     *
     * @param request a refused request
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @return the response
     */
    public RenderedResponse to(RequestView request, long epochMillis) {
        return to(request, epochMillis, 0);
    }

    /**
     * The same for a client that is in a queue, since a share of all is let in.
     *
     * @param request a refused request
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @param turnMillis when the client will be let in, likewise; {@link Long#MAX_VALUE} if that is not known, 0 if
     *     there is no queue
     * @return the response
     */
    public RenderedResponse to(RequestView request, long epochMillis, long turnMillis) {
        try {
            return make(request, epochMillis, turnMillis);
        } catch (RuntimeException | LinkageError e) {
            if (errors != null) {
                errors.report("answer", "a response could not be rendered (" + e + "); the default was sent instead");
            }
            List<String> headers = new ArrayList<String>();
            Collections.addAll(headers, "Retry-After", Integer.toString(retryAfter.at(epochMillis)));
            Collections.addAll(headers, "Cache-Control", "no-store");
            Body plain = bodies.plain();
            return reply(settings.status(), headers, "Accept", plain.contentType, plain.bytes(0, ""));
        }
    }

    private Bodies bodies(long turnMillis) {
        if (turnMillis == 0) {
            return bodies;
        }
        if (turnMillis != Long.MAX_VALUE) {
            return new Bodies(notice.queued(Instant.ofEpochMilli(turnMillis)), settings);
        }
        if (queued == null) {
            queued = new Bodies(notice.queued(null), settings); // made twice at worst, and equal
        }
        return queued;
    }

    private RenderedResponse make(RequestView request, long epochMillis, long turnMillis) {
        Bodies bodies = bodies(turnMillis);
        String origin = settings.cors().allowed(request);
        if (origin != null && Cors.isPreflight(request)) {
            List<String> headers = new ArrayList<String>();
            Cors.preflight(origin, request, headers);
            return without(NO_CONTENT, headers, Cors.PREFLIGHT_VARY, null, null);
        }
        Representation form = Accept.preferred(list(request, "Accept"));
        int seconds = turnMillis == 0 ? retryAfter.at(epochMillis) : retryAfter.at(epochMillis, turnMillis);
        List<String> headers = new ArrayList<String>(16);
        Collections.addAll(headers, "Retry-After", Integer.toString(seconds));
        Collections.addAll(headers, "Cache-Control", "no-store");
        if (origin != null) {
            Cors.expose(origin, headers);
        }
        if (form == Representation.HTML && redirects(request)) {
            Collections.addAll(headers, "Location", settings.redirect());
            return reply(
                    isSafe(request) ? FOUND : SEE_OTHER,
                    headers,
                    "Accept",
                    Representation.TEXT.contentType,
                    new byte[0]);
        }
        Body body = custom == null ? null : custom.render(request, form, bodies.notice(), seconds);
        String vary = "Accept";
        if (body == null && form == Representation.HTML && settings.html() == null) {
            body = bodies.page(Languages.preferred(list(request, "Accept-Language")), !isSafe(request));
            vary = "Accept, Accept-Language";
        } else if (body == null) {
            body = bodies.inForm(form);
        }
        Collections.addAll(headers, body.headers);
        return reply(settings.status(), headers, vary, body.contentType, body.bytes(seconds, path(request)));
    }

    /** For a body that mentions it. Where the server throws instead of telling it, there is none to tell. */
    private static String path(RequestView request) {
        try {
            return request.path();
        } catch (RuntimeException ignored) {
            // the container does not tell
            return "";
        }
    }

    /**
     * Returns the redirection for a client that followed a bypass link.
     *
     * @param location where to
     * @param cookie the value of {@code Set-Cookie}
     * @return the response
     */
    public RenderedResponse redirect(String location, String cookie) {
        List<String> headers = new ArrayList<String>();
        Collections.addAll(headers, "Location", location, "Set-Cookie", cookie);
        Collections.addAll(headers, "Cache-Control", "no-store", "Referrer-Policy", "no-referrer");
        return without(FOUND, headers, null, Representation.TEXT.contentType, new byte[0]);
    }

    /** Adds the policy's headers; they replace those that are there. */
    private RenderedResponse reply(int status, List<String> headers, String vary, String contentType, byte[] body) {
        return with(settings.headers(), status, headers, vary, contentType, body);
    }

    /** Adds the policy's headers, but for those that are there: the meaning of this response depends on them. */
    private RenderedResponse without(int status, List<String> headers, String vary, String contentType, byte[] body) {
        List<String> own = new ArrayList<String>(settings.headers());
        for (int i = 0; i < headers.size(); i += 2) {
            remove(headers.get(i), own);
        }
        return with(own, status, headers, vary, contentType, body);
    }

    /** Adds headers of the policy; its {@code Vary} is added to the one that is there. */
    private RenderedResponse with(
            List<String> own, int status, List<String> headers, String vary, String contentType, byte[] body) {
        List<String> varies = new ArrayList<String>();
        if (vary != null) {
            varies.add(vary);
        }
        if (settings.cors().isConfigured()) {
            varies.add("Origin");
        }
        for (int i = 0; i < own.size(); i += 2) {
            String name = own.get(i);
            if (name.equalsIgnoreCase("Vary")) {
                varies.add(own.get(i + 1));
            } else {
                remove(name, headers);
                Collections.addAll(headers, name, own.get(i + 1));
            }
        }
        if (!varies.isEmpty()) {
            Collections.addAll(headers, "Vary", String.join(", ", varies));
        }
        return new RenderedResponse(status, headers.toArray(new String[0]), contentType, body);
    }

    private static void remove(String name, List<String> headers) {
        for (int i = headers.size() - 2; i >= 0; i -= 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                headers.subList(i, i + 2).clear();
            }
        }
    }

    /** A header that is a list, all its lines as one (RFC 9110 section 5.3); {@code null} if there is none. */
    private static String list(RequestView request, String name) {
        List<String> lines = request.headers(name);
        return lines.isEmpty() ? null : lines.size() == 1 ? lines.get(0) : String.join(", ", lines);
    }

    /** Not from the target itself, which may well be in maintenance too: the browser would go round in circles. */
    private boolean redirects(RequestView request) {
        return settings.redirect() != null && !Redirect.leadsTo(settings.redirect(), request);
    }

    private static boolean isSafe(RequestView request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }
}
