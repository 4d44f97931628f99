package io.maintenanceagent.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bodies of maintenance responses. Found by {@link java.util.ServiceLoader} in the jars of the
 * {@code extensions} directory.
 *
 * <p>Called on the thread of each refused request, by many threads at a time, and as often as clients like: it should
 * answer from memory. If it fails, the response is what it would have been without it.
 */
public interface ResponseRenderer {

    /**
     * Renders the body of one response. Status and headers are the policy's.
     *
     * @param request the refused request; valid during this call
     * @param refusal what the client is told
     * @return the body, or {@code null} to leave it to the next renderer, and at last to the agent
     */
    @Nullable
    Rendering render(RequestView request, Refusal refusal);

    /** What a refused client is told. */
    interface Refusal {

        /**
         * Returns the media type of the representation that the client prefers among the agent's:
         * {@code application/json}, {@code application/problem+json}, {@code text/html}, {@code text/plain} or
         * {@code text/event-stream}; never {@code null}.
         */
        String mediaType();

        /** Returns the operator's message, or {@code null} if there is none. */
        @Nullable
        String message();

        /** Returns when maintenance ends by itself, or {@code null} if that is not known. */
        @Nullable
        Instant until();

        /** Returns the value of {@code Retry-After}, in seconds, at least 1. */
        int retryAfter();
    }

    /** A body and its type. Immutable, as long as the bytes are not changed. */
    final class Rendering {
        private final String contentType;
        private final byte[] bytes;

        /**
         * @param contentType the value of {@code Content-Type}, with a charset if it is text
         * @param bytes the body; not copied
         * @throws IllegalArgumentException if the type has a line break, or either is {@code null}
         */
        public Rendering(String contentType, byte[] bytes) {
            if (contentType == null
                    || bytes == null
                    || contentType.indexOf('\r') >= 0
                    || contentType.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("a body needs bytes, and a content type on one line");
            }
            this.contentType = contentType;
            this.bytes = bytes;
        }

        /** Returns the value of {@code Content-Type}. */
        public String contentType() {
            return contentType;
        }

        /** Returns the body; shared, not to be changed. */
        public byte[] bytes() {
            return bytes;
        }
    }
}
