package io.maintenanceagent.response;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * The body of a response in one representation, with the headers that belong to it: encoded once, unless it is a
 * template that mentions what differs from request to request. Immutable; safe for any thread.
 */
final class Body {

    /** What may be mentioned in an own body. */
    static final Set<String> PLACEHOLDERS =
            Collections.unmodifiableSet(new HashSet<String>(Arrays.asList("message", "until", "retryAfter", "path")));

    final String contentType;

    /** Names and values in turn. */
    final String[] headers;

    private final byte[] bytes;
    private final String template;
    private final Escape escape;
    private final MaintenanceNotice notice;

    private Body(
            String contentType,
            String[] headers,
            byte[] bytes,
            String template,
            Escape escape,
            MaintenanceNotice notice) {
        this.contentType = contentType;
        this.headers = headers;
        this.bytes = bytes;
        this.template = template;
        this.escape = escape;
        this.notice = notice;
    }

    static Body of(String contentType, byte[] bytes, String... headers) {
        return new Body(contentType, headers, bytes, null, null, null);
    }

    static Body of(String contentType, String text, String... headers) {
        return of(contentType, text.getBytes(StandardCharsets.UTF_8), headers);
    }

    /**
     * @param template a text with {@link #PLACEHOLDERS}
     * @param escape how values are written in it
     * @param notice what there is to tell
     */
    static Body of(String contentType, String template, Escape escape, MaintenanceNotice notice, String... headers) {
        Body body = new Body(contentType, headers, null, template, escape, notice);
        return Template.mentions(template, "retryAfter", "path") ? body : of(contentType, body.bytes(0, ""), headers);
    }

    /**
     * Returns the body, perhaps shared; not to be changed.
     *
     * @param retryAfter in seconds
     * @param path the path of the request
     */
    byte[] bytes(final int retryAfter, final String path) {
        if (bytes != null) {
            return bytes;
        }
        return Template.fill(template, new Template.Values() {
                    @Override
                    public String get(String name) {
                        switch (name) {
                            case "message":
                                return escape.apply(notice.detail());
                            case "until":
                                return escape.apply(notice.untilText());
                            case "retryAfter":
                                return Integer.toString(retryAfter);
                            case "path":
                                return escape.apply(path);
                            default:
                                return null;
                        }
                    }
                })
                .getBytes(StandardCharsets.UTF_8);
    }
}
