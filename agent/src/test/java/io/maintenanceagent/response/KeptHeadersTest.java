package io.maintenanceagent.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Strict-Transport-Security",
                "X-Request-Id",
                "X-Content-Type-Options",
                "X-Frame-Options",
                "Referrer-Policy",
                "Content-Security-Policy",
                "content-security-policy-report-only",
                "Permissions-Policy",
                "traceparent",
                "Access-Control-Allow-Origin",
                "Server-Timing",
                "NEL",
                "Report-To",
                "Alt-Svc",
                "Via"
            })
    void keeps_headersOfServersAndProxies_true(String name) {
        assertTrue(KeptHeaders.keeps(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length",
                "content-type",
                "Content-Encoding",
                "Content-Language",
                "Content-Disposition",
                "ETag",
                "Content-Location",
                "Last-Modified",
                "Accept-Ranges",
                "Cache-Control",
                "Expires",
                "WWW-Authenticate",
                "Set-Cookie",
                "Location",
                "Refresh",
                "Allow",
                "Transfer-Encoding",
                "Connection",
                "Retry-After"
            })
    void keeps_headersOfAnotherResponse_false(String name) {
        assertFalse(KeptHeaders.keeps(name));
    }

    @Test
    void with_ownHeaders_comeLastAndReplace() {
        assertEquals(
                List.of(
                        "X-A",
                        "1",
                        "X-A",
                        "2",
                        "strict-transport-security",
                        "max-age=1",
                        "Retry-After",
                        "5",
                        "X-Frame-Options",
                        "DENY",
                        "Vary",
                        "Accept, Accept-Encoding"),
                KeptHeaders.with(
                        List.of(
                                "X-A",
                                "1",
                                "x-frame-options",
                                "SAMEORIGIN",
                                "X-A",
                                "2",
                                "Set-Cookie",
                                "a=b",
                                "strict-transport-security",
                                "max-age=1",
                                "vary",
                                "Accept-Encoding"),
                        new String[] {"Retry-After", "5", "X-Frame-Options", "DENY", "Vary", "Accept"}));
        assertEquals(
                List.of("Vary", "Accept-Encoding"),
                KeptHeaders.with(List.of("Vary", "Accept-Encoding"), new String[0]));
    }
}
