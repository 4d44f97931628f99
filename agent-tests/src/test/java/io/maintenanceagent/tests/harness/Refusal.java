package io.maintenanceagent.tests.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;

/**
 * The response of an application in maintenance, as JSON.
 *
 * @param body the exact body
 * @param retryAfter the value of the header Retry-After, in seconds
 */
public record Refusal(String body, String retryAfter) {

    /** What the agent answers when nobody has said otherwise. */
    public static final Refusal DEFAULT = withDetail("Service temporarily unavailable due to maintenance", 3600);

    /** The default form with another detail (which needs no escaping in JSON) and time. */
    public static Refusal withDetail(String detail, int retryAfter) {
        return new Refusal("{\"detail\":\"" + detail + "\"}", Integer.toString(retryAfter));
    }

    /** Whether it is a refusal at all. */
    public static boolean refuses(Response response) {
        return response.status() == 503;
    }

    /** Asserts that the answer to the request is this refusal, exactly. */
    public void assertAnswers(Request request, Response response) {
        String what = request + " was answered with " + response;
        assertEquals(503, response.status(), what);
        assertEquals("application/json", response.header("Content-Type"), what);
        assertEquals(retryAfter, response.header("Retry-After"), what);
        assertEquals("no-store", response.header("Cache-Control"), what);
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        assertEquals(Integer.toString(length), response.header("Content-Length"), what);
        assertEquals(request.method().equals("HEAD") ? "" : body, response.text(), what);
    }
}
