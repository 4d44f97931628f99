package io.maintenanceagent.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    private static Origins of(String text) {
        Origins origins = new Origins();
        origins.add(text);
        return origins;
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com,https://app.example.com,true",
        "https://App.Example.com:443,https://app.example.com,true",
        "https://app.example.com,https://app.example.com:8443,false",
        "https://app.example.com,http://app.example.com,false",
        "http://localhost:3000,http://localhost:3000,true",
        "http://localhost:3000,http://localhost,false",
        "http://[::1]:3000,http://[::1]:3000,true",
        "https://bücher.example,https://xn--bcher-kva.example,true",
        "https://a_b.example,https://a_b.example,true",
        "capacitor://localhost,capacitor://localhost,true",
        "https://*.example.com,https://app.example.com,true",
        "https://*.example.com,https://a.b.example.com,true",
        "https://*.Example.com,https://app.example.com,true",
        "https://*.bücher.example,https://www.xn--bcher-kva.example,true",
        "https://*.example.com,https://APP.example.com,false",
        "https://*.example.com,https://example.com,false",
        "https://*.example.com,https://.example.com,false",
        "https://*.example.com,https://evilexample.com,false",
        "https://*.example.com,https://a.b.example.com.evil,false",
        "https://*.example.com,https://evil.test/.example.com,false",
        "https://*.example.com,https://evil.test#.example.com,false",
        "https://*.example.com,https://evil.test?.example.com,false",
        "https://*.example.com,https://evil.test:80.example.com,false",
        "https://*.example.com,https://a@b.example.com,false",
        "https://*.example.com,https://a..example.com,false",
        "https://*.example.com,http://app.example.com,false",
        "https://*.example.com,https://app.example.com:8443,false",
        "https://*.example.com:8443,https://app.example.com:8443,true",
        "https://*.example.com:443,https://app.example.com,true",
        "https://*.example.com,null,false",
        "https://*.example.com,*,false",
        "https://*.example.com,https://*.example.com,false",
    })
    void contain_origin_asExpected(String configured, String origin, boolean contained) {
        assertEquals(contained, of(configured).contain(origin));
    }

    @Test
    void contain_controlCharactersOrHugeOrigin_false() {
        Origins origins = of("https://*.example.com");
        assertFalse(origins.contain("https://a\r\nX: y.example.com"));
        assertFalse(origins.contain("https://a\u0000.example.com"));
        assertFalse(origins.contain(""));
        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertFalse(origins.contain("https://" + "a.".repeat(2_000_000) + "example.com")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "https://",
                "https://*",
                "https://*.",
                "https://*.com",
                "https://a.*.example.com",
                "https://*example.com",
                "*://example.com",
                "https://a.example/x",
                "https://a.example/",
                "https://a.example?",
                "https://u@a.example",
                "https://a.example:0",
                "https://a.example:65536",
                "https://a.example:x",
                "https://a.example:",
                "https://*.[::1]",
                "https://a b.example",
                "https://straße.example",
                "//a.example",
                "https://a.example,https://b.example"
            })
    void add_invalidOrigin_fails(String text) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> of(text));
        assertEquals(
                "is \"" + text
                        + "\"; allowed: an origin like https://app.example.com or http://localhost:3000, without a"
                        + " path, or https://*.example.com for all below a name",
                error.getMessage());
    }

    @Test
    void add_star_failsWithTheReason() {
        String star =
                assertThrows(IllegalArgumentException.class, () -> of("*")).getMessage();
        assertTrue(star.contains("would let every site read"), star);
        String sandboxed =
                assertThrows(IllegalArgumentException.class, () -> of("null")).getMessage();
        assertTrue(sandboxed.contains("every sandboxed page"), sandboxed);
    }
}
