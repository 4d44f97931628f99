package io.maintenanceagent.response;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.maintenanceagent.state.State;
import java.nio.charset.StandardCharsets;

/**
 * What refused requests are answered: made once for a state, sent to many. Immutable; safe for any thread.
 */
public final class Answer {

    /** What there is to say when a state says nothing. */
    public static final String DEFAULT_DETAIL = "Service temporarily unavailable due to maintenance";

    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int DEFAULT_RETRY_AFTER = 3600;

    private final String contentType;
    private final byte[] body;
    private final int retryAfter;
    private final long untilMillis;

    private Answer(String contentType, String body, int retryAfter, long untilMillis) {
        this.contentType = contentType;
        this.body = body.getBytes(StandardCharsets.UTF_8);
        this.retryAfter = retryAfter;
        this.untilMillis = untilMillis;
    }

    /**
     * @param state a state that refuses requests
     * @return the answer to them
     */
    public static Answer of(State state) {
        return new Answer(
                "application/json",
                "{\"detail\":\"" + escape(state.message()) + "\"}",
                state.retryAfter() == null ? DEFAULT_RETRY_AFTER : Math.max(1, state.retryAfter()),
                state.until() == null ? Long.MAX_VALUE : state.until().toEpochMilli());
    }

    private static String escape(String message) {
        // The default needs no escape, and so no JSON library.
        return message == null
                ? DEFAULT_DETAIL
                : new String(JsonStringEncoder.getInstance().quoteAsString(message));
    }

    /** @return the status code */
    public int status() {
        return SERVICE_UNAVAILABLE;
    }

    /** @return the value of {@code Content-Type} */
    public String contentType() {
        return contentType;
    }

    /**
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @return the value of {@code Retry-After} (RFC 9110 section 10.2.3): whole seconds, rounded up, at least 1
     */
    public int retryAfter(long epochMillis) {
        if (untilMillis == Long.MAX_VALUE) {
            return retryAfter;
        }
        long seconds = (untilMillis - epochMillis + 999) / 1000;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, seconds));
    }

    /** @return the body; shared, not to be changed */
    public byte[] body() {
        return body;
    }
}
