package io.maintenanceagent.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.maintenanceagent.json.Json;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told whose page is of another origin. */
class CorsTest {

    private static PreparedResponse response(String settings) throws Exception {
        ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));
        return PreparedResponse.of(
                State.ON,
                ResponseSettings.parse(
                        Json.parse(settings.getBytes(StandardCharsets.UTF_8)),
                        ResponseSettings.DEFAULT,
                        name -> {
                            throw new IOException("is not there");
                        },
                        errors),
                List.of(),
                errors);
    }

    @Test
    void to_configuredOrigin_hasCorsHeaders() throws Exception {
        PreparedResponse answer = response("{\"cors\": {\"origins\": [\"https://App.example.com:443\"]}}");
        RenderedResponse reply = answer.to(FakeRequest.get("Origin", "https://app.example.com"), 0);
        assertEquals("https://app.example.com", reply.header("Access-Control-Allow-Origin"));
        assertEquals("true", reply.header("Access-Control-Allow-Credentials"));
        assertEquals("Retry-After", reply.header("Access-Control-Expose-Headers"));
        assertEquals("Accept, Origin", reply.header("Vary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.com", "https://app.example.com:8443", "https://app.example.com.evil.org", "null",
                "https://evil.app.example.com", "https://app.example.com/", "*", ""
            })
    void to_otherOrigin_hasNoCorsHeaders(String origin) throws Exception {
        PreparedResponse answer = response("{\"cors\": {\"origins\": [\"https://app.example.com\"]}}");
        RenderedResponse reply = answer.to(FakeRequest.get("Origin", origin), 0);
        assertNull(reply.header("Access-Control-Allow-Origin"));
        assertEquals("Accept, Origin", reply.header("Vary"));
        FakeRequest preflight =
                new FakeRequest("OPTIONS", "/x").with("Origin", origin, "Access-Control-Request-Method", "PUT");
        assertEquals(503, answer.to(preflight, 0).status());
    }

    @Test
    void to_preflight_isAllowed() throws Exception {
        PreparedResponse answer = response("{\"cors\": {\"origins\": [\"https://app.example.com\"]}}");
        FakeRequest request = new FakeRequest("OPTIONS", "/x").with("Origin", "https://app.example.com");
        assertEquals(503, answer.to(request, 0).status(), "OPTIONS alone is no preflight");
        request.with("Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "content-type,x-a");
        RenderedResponse reply = answer.to(request, 0);
        assertEquals(204, reply.status());
        assertNull(reply.body());
        assertEquals("https://app.example.com", reply.header("Access-Control-Allow-Origin"));
        assertEquals("PUT", reply.header("Access-Control-Allow-Methods"));
        assertEquals("content-type,x-a", reply.header("Access-Control-Allow-Headers"));
        assertEquals("0", reply.header("Access-Control-Max-Age"));
        request.with("Access-Control-Request-Headers", "a\r\nSet-Cookie: b");
        assertNull(answer.to(request, 0).header("Access-Control-Allow-Headers"));
        request.with("Access-Control-Request-Method", "a b\n");
        assertEquals(503, answer.to(request, 0).status());
    }
}
