package io.maintenanceagent.store.url;

import io.maintenanceagent.store.http.HttpFailure;
import io.maintenanceagent.store.http.HttpRequest;
import io.maintenanceagent.store.http.HttpResponse;
import java.io.IOException;

/**
 * Writes a state under a URL by PUT and DELETE, on the condition that it still is what was read (RFC 9110 section 13).
 *
 * <p>Some servers take a PUT whatever its condition says, nginx for one. So the content that is there is first written
 * again under a condition that cannot hold; a server that takes it is written to only if the address says so.
 */
final class UrlWriter {

    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int PRECONDITION_FAILED = 412;
    private static final String NO_ETAG = "\"maintenance-agent-has-no-such-etag\"";
    private static final String ALLOW =
            "; so what somebody else writes meanwhile would be lost; nothing was changed; #put=unconditional allows it";

    private final UrlAddress address;
    private final UrlResource resource;
    private boolean conditional; // the server has refused a condition that did not hold

    /**
     * @param address how to write
     * @param resource sends
     */
    UrlWriter(UrlAddress address, UrlResource resource) {
        this.address = address;
        this.resource = resource;
    }

    /**
     * Replaces the content if it is still the same.
     *
     * @param held what was just read; {@code null} for nothing
     * @param etag its tag, or {@code null}
     * @param next the new content; {@code null} for none
     * @return whether it was replaced
     */
    boolean write(byte[] held, String etag, byte[] next) throws IOException {
        if (resource.isRedirected()) {
            throw new HttpFailure(0, "is read by a redirect; name the last URL to write");
        }
        if (held == null) {
            return isDone(resource.write(put(next).with("If-None-Match", "*")));
        }
        String condition = null;
        if (!address.isUnconditional()) {
            checkConditions(held, etag);
            condition = etag;
        }
        HttpRequest request = next == null ? HttpRequest.of("DELETE", address.target()) : put(next);
        return isDone(resource.write(request.with("If-Match", condition)));
    }

    private HttpRequest put(byte[] content) {
        boolean isJson = content.length > 0 && content[0] == '{';
        return HttpRequest.of("PUT", address.target(), content)
                .with("Content-Type", isJson ? "application/json" : "text/plain; charset=utf-8");
    }

    private void checkConditions(byte[] held, String etag) throws IOException {
        if (etag == null || etag.startsWith("W/")) {
            throw new HttpFailure(0, "gives no strong ETag" + ALLOW);
        }
        if (!conditional) {
            if (isDone(resource.write(put(held).with("If-Match", NO_ETAG)))) {
                throw new HttpFailure(0, "takes a PUT whatever its If-Match says" + ALLOW);
            }
            conditional = true;
        }
    }

    /** Returns whether it was written; {@code false} if the condition did not hold. */
    private static boolean isDone(HttpResponse response) throws IOException {
        int status = response.status();
        if (status >= OK && status < MULTIPLE_CHOICES) {
            return true;
        }
        if (status == PRECONDITION_FAILED) {
            return false;
        }
        throw new HttpFailure(
                status,
                "does not let itself be written (" + status + " to a PUT or DELETE); change the state where the URL is"
                        + " served from");
    }
}
