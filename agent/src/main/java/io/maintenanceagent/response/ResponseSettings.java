package io.maintenanceagent.response;

import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.report.ErrorReporter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a policy says about responses. Immutable; safe for any thread. */
public final class ResponseSettings {

    /** The settings without a policy. */
    public static final ResponseSettings DEFAULT = new Builder().build();

    private final int status;
    private final Integer retryAfter;
    private final double jitter;
    private final List<String> headers;
    private final String json;
    private final String html;
    private final String text;
    private final String redirect;
    private final Cors cors;

    private ResponseSettings(Builder builder) {
        this.status = builder.status;
        this.retryAfter = builder.retryAfter;
        this.jitter = builder.jitter;
        this.headers = Collections.unmodifiableList(new ArrayList<String>(builder.headers));
        this.json = builder.json;
        this.html = builder.html;
        this.text = builder.text;
        this.redirect = builder.redirect;
        this.cors = builder.cors;
    }

    /**
     * Reads the {@code response} of a policy, or of one of its rules.
     *
     * @param response the member
     * @param base the settings for what the member leaves out: {@link #DEFAULT}, or for a rule the policy's
     * @param files reads the files that the member names
     * @param errors where a file is reported that cannot be used; the default replaces it
     * @return the settings
     * @throws MalformedContentException if the member is not well-formed; the message says where, and what is allowed
     */
    public static ResponseSettings parse(
            JsonValue response, ResponseSettings base, PolicyFiles files, ErrorReporter errors)
            throws MalformedContentException {
        return new ResponseSettingsReader(response, files, errors).read(new Builder(base));
    }

    int status() {
        return status;
    }

    /** Seconds, 0 or more; {@code null} if not said. */
    Integer retryAfter() {
        return retryAfter;
    }

    /** What is added to the time at the most, as a share of it. */
    double jitter() {
        return jitter;
    }

    /** Names and values in turn. */
    List<String> headers() {
        return headers;
    }

    /** A template, or {@code null} for the default; so are the next two. */
    String json() {
        return json;
    }

    String html() {
        return html;
    }

    String text() {
        return text;
    }

    /** Where pages are sent instead, or {@code null}. */
    String redirect() {
        return redirect;
    }

    Cors cors() {
        return cors;
    }

    /** Collects settings. */
    static final class Builder {
        int status = 503;
        Integer retryAfter;
        double jitter;
        List<String> headers = Collections.emptyList();
        String json;
        String html;
        String text;
        String redirect;
        Cors cors = Cors.NONE;

        Builder() {}

        Builder(ResponseSettings base) {
            this.status = base.status;
            this.retryAfter = base.retryAfter;
            this.jitter = base.jitter;
            this.headers = base.headers;
            this.json = base.json;
            this.html = base.html;
            this.text = base.text;
            this.redirect = base.redirect;
            this.cors = base.cors;
        }

        ResponseSettings build() {
            return new ResponseSettings(this);
        }
    }
}
