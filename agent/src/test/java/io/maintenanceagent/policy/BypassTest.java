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

    private final Bypass bypass = new Bypass("s3cret&=+", TTL);
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
    void knowsItsLink(String method, String query, boolean link) {
        assertEquals(link, bypass.isLink(FakeRequest.of(method, "/").query(query)));
    }

    @Test
    void aTokenHoldsForItsTimeAndWindow() {
        assertTrue(bypass.isValid(token, "window", NOW));
        assertTrue(bypass.isValid(token, "window", NOW + TTL - 1));
        assertFalse(bypass.isValid(token, "window", NOW + TTL));
        assertFalse(bypass.isValid(token, "window", NOW - 1), "from the future: not ours, or the clock went back");
        assertFalse(bypass.isValid(token, "another", NOW));
        assertFalse(new Bypass("another secret", TTL).isValid(token, "window", NOW));
        assertFalse(new Bypass("s3cret&=+", TTL / 2).isValid(token, "window", NOW), "a shorter ttl holds at once");
    }

    @Test
    void aTokenCannotBeMade() {
        int dot = token.indexOf('.');
        String later = Long.toString(NOW + TTL - 1, 36) + token.substring(dot);
        for (String bad : new String[] {
            "",
            ".",
            "x.",
            ".x",
            token.substring(0, dot),
            token.substring(0, dot + 1),
            later,
            token + "A",
            "-1.x",
            token.substring(0, token.length() - 2),
            token.replace('.', ':'),
            "zzzzzzzzzzzzzzzzzzz.x",
            "٣.x"
        }) {
            assertFalse(bypass.isValid(bad, "window", NOW), bad);
        }
    }

    @Test
    void readsCookiesAndTheHeader() {
        assertTrue(bypass.isAllowed(FakeRequest.get("/").header("X-Maintenance-Bypass", token), "window", NOW));
        assertTrue(bypass.isAllowed(
                FakeRequest.get("/")
                        .header("Cookie", "a=b; maintenance-bypass=old; maintenance-bypass=" + token + ";c=d"),
                "window",
                NOW));
        assertFalse(
                bypass.isAllowed(FakeRequest.get("/").header("Cookie", "xmaintenance-bypass=" + token), "window", NOW));
        assertFalse(bypass.isAllowed(FakeRequest.get("/"), "window", NOW));
        assertFalse(
                bypass.isAllowed(FakeRequest.get("/").header("X-Maintenance-Bypass", "s3cret&=+"), "window", NOW),
                "the secret is no token");
    }

    @Test
    void leadsToTheCleanUrl() {
        FakeRequest request = FakeRequest.get("/shop/a b")
                .uri("/shop/a%20b;x=1")
                .context("/shop")
                .query("b=%2F&maintenance-bypass=s3cret%26%3D%2B&c=1&&maintenance-bypass=again");
        BypassLink link = bypass.follow(request, true, "window", NOW);
        assertEquals("/shop/a%20b;x=1?b=%2F&c=1", link.location());
        assertEquals(
                "maintenance-bypass=" + token + "; Path=/shop; Max-Age=3600; HttpOnly; SameSite=Lax; Secure",
                link.cookie());
        request = FakeRequest.get("/").query("maintenance-bypass=s3cret%26%3D%2B");
        link = bypass.follow(request, false, "window", NOW);
        assertEquals("/", link.location());
        assertEquals("maintenance-bypass=" + token + "; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax", link.cookie());
        assertTrue(bypass.follow(request.context("/a;ä"), false, "window", NOW)
                .cookie()
                .contains("; Path=/a%3B%C3%A4; "));
    }
}
