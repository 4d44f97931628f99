package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BypassTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final long TTL = Duration.ofHours(1).toMillis();

    private final Bypass bypass = new Bypass("s3cret&=+", TTL, null);
    private final String token = bypass.token("window", NOW);

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET,maintenance-bypass=s3cret%26%3D%2B,true",
                "GET,a=1&maintenance-bypass=s3cret%26%3d+&b,true",
                "HEAD,maintenance-bypass=s3cret%26%3D%2B,true",
                "POST,maintenance-bypass=s3cret%26%3D%2B,false",
                "GET,maintenance-bypass=s3cret,false",
                "GET,maintenance-bypass=,false",
                "GET,maintenance-bypass,false",
                "GET,xmaintenance-bypass=s3cret%26%3D%2B,false",
                "GET,maintenance-bypass=%zz,false",
                "GET,,false",
                "GET,-,false",
            })
    void isLink_request_asExpected(String method, String query, boolean link) {
        assertEquals(link, bypass.isLink(FakeRequest.of(method, "/").query(query)));
    }

    @Test
    void isAllowed_cookieOrHeader_true() {
        assertTrue(bypass.isAllowed(FakeRequest.get("/").header("X-Maintenance-Bypass", token), "window", NOW, null));
        assertTrue(bypass.isAllowed(
                FakeRequest.get("/")
                        .header("Cookie", "a=b; maintenance-bypass=old; maintenance-bypass=" + token + ";c=d"),
                "window",
                NOW,
                null));
        assertFalse(bypass.isAllowed(
                FakeRequest.get("/").header("Cookie", "xmaintenance-bypass=" + token), "window", NOW, null));
        assertFalse(bypass.isAllowed(FakeRequest.get("/"), "window", NOW, null));
        assertFalse(
                bypass.isAllowed(FakeRequest.get("/").header("X-Maintenance-Bypass", "s3cret&=+"), "window", NOW, null),
                "the secret is no token");
    }

    @Test
    void isAllowed_manyCookies_findsTheValidOne() {
        StringBuilder cookies = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            String old = bypass.token("an earlier window", NOW - 1000 - i);
            cookies.append("maintenance-bypass=")
                    .append(i % 2 == 0 ? old : "rubbish" + i)
                    .append("; ");
        }
        FakeRequest request = FakeRequest.get("/").header("Cookie", cookies + "maintenance-bypass=" + token);
        assertTrue(bypass.isAllowed(request, "window", NOW, null));
    }

    @Test
    void isAllowed_tooManyTokens_isExplained() {
        StringBuilder cookies = new StringBuilder();
        for (int i = 0; i < BypassTokens.MAX_CHECKED; i++) {
            cookies.append("maintenance-bypass=")
                    .append(bypass.token("another window", NOW + 1))
                    .append("; ");
        }
        FakeRequest request = FakeRequest.get("/").header("Cookie", cookies + "maintenance-bypass=" + token);
        Explanation explanation = new Explanation();
        assertFalse(bypass.isAllowed(request, "window", NOW + 1, explanation));
        assertEquals(
                "[none of 33 bypass tokens is valid: 0 malformed or expired, the others not of this secret and"
                        + " maintenance; only the newest 32 were checked]",
                explanation.steps().toString());
    }

    @Test
    void isAllowed_hugeHeader_false() {
        String large = token + "A".repeat(4 << 20);
        String letters = "z".repeat(4 << 20);
        for (String value : new String[] {large, letters, letters + "." + letters, ";".repeat(4 << 20)}) {
            assertFalse(
                    bypass.isAllowed(FakeRequest.get("/").header("X-Maintenance-Bypass", value), "window", NOW, null));
            FakeRequest cookies = FakeRequest.get("/").header("Cookie", "maintenance-bypass=" + value);
            assertFalse(bypass.isAllowed(cookies, "window", NOW, null));
            assertFalse(bypass.isLink(FakeRequest.get("/").query("maintenance-bypass=" + value)));
        }
        FakeRequest behind = FakeRequest.get("/").header("Cookie", letters, "maintenance-bypass=" + token);
        assertFalse(bypass.isAllowed(behind, "window", NOW, null), "more cookies than are read");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/shop/a%20b;x=1,b=%2F&maintenance-bypass=s3cret%26%3D%2B&c=1&&maintenance-bypass=again,"
                        + "./a%20b;x=1?b=%2F&c=1",
                "/,maintenance-bypass=s3cret%26%3D%2B,./",
                "/shop/,maintenance-bypass=s3cret%26%3D%2B&a=1,./?a=1",
                "/shop,maintenance-bypass=s3cret%26%3D%2B,./shop",
                "/x/javascript:alert(1),maintenance-bypass=s,./javascript:alert(1)",
                "//evil.example/,maintenance-bypass=s,./",
                "//evil.example,maintenance-bypass=s,./evil.example",
            })
    void follow_link_relativeLocationOfTheSamePath(String uri, String query, String location) {
        FakeRequest request = FakeRequest.get(uri).uri(uri).query(query);
        assertEquals(location, bypass.follow(request, false, "", "window", NOW).location());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,'','',/",
                "-,/shop,'',/shop",
                "-,/a;ä,'',/a%3B%C3%A4",
                "-,/shop,/pub,/pub/shop",
                "-,'',/pub,/pub",
                "/,/shop,'',/",
                "/,/shop,/pub,/pub",
                "/other,/shop,/pub,/pub/other",
            })
    void follow_cookiePath(String configured, String context, String prefix, String path) {
        FakeRequest request = FakeRequest.get("/").context(context).query("maintenance-bypass=s3cret");
        Bypass with = new Bypass("s3cret&=+", TTL, configured);
        assertEquals(
                "maintenance-bypass=" + token + "; Path=" + path + "; Max-Age=3600; HttpOnly; SameSite=Lax",
                with.follow(request, false, prefix, "window", NOW).cookie());
        assertEquals(
                "maintenance-bypass=" + token + "; Path=" + path + "; Max-Age=3600; HttpOnly; SameSite=Lax; Secure",
                with.follow(request, true, prefix, "window", NOW).cookie());
    }
}
