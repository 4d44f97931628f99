package io.maintenanceagent.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {

    @ParameterizedTest
    @CsvSource({
        "/status,/status,true",
        "/status,/status/,false",
        "/status,/statusx,false",
        "/status,/Status,false",
        "/,/,true",
        "/*,/,true",
        "/*,/a,true",
        "/*,/a/b,false",
        "/a/*/c,/a/b/c,true",
        "/a/*/c,/a/b/b/c,false",
        "/*.css,/shop.css,true",
        "/a*b*c,/aXbYc,true",
        "/a*b*c,/aXbY,false",
        "/**,/,true",
        "/**,/a/b/c,true",
        "/api/**,/api,true",
        "/api/**,/api/,true",
        "/api/**,/api/x/y,true",
        "/api/**,/apix,false",
        "/**/x,/x,true",
        "/**/x,/a/b/x,true",
        "/**/x,/a/b/x/c,false",
        "/a/**/b/**/c,/a/b/c,true",
        "/a/**/b/**/c,/a/1/b/2/3/c,true",
        "/a/**/b/**/c,/a/1/2/3/c,false",
        "/a?b,/aXb,false",
        "/a?b,/a?b,true",
        "/a.b,/aXb,false",
        "regex:/v[0-9]+/.*,/v12/x,true",
        "regex:/v[0-9]+,/v12/x,false",
        "regex:v1,/v1,false",
    })
    void matches_path_asExpected(String pattern, String path, boolean matches) {
        assertEquals(matches, PathPattern.parse(pattern).matches(path, !matches));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api", "*", "/a**", "/**b/c", "regex:["})
    void parse_invalidPathPattern_fails(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> PathPattern.parse(pattern));
    }

    @Test
    void matches_manyWildcards_isFast() {
        PathPattern pattern = PathPattern.parse("/**/a".repeat(50) + "/b" + "/*a*a*a*a*a*a*a*a*a*a*a*b");
        String path = "/a".repeat(2000) + "/" + "a".repeat(4000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> pattern.matches(path, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"regex:/api/(\\w|-)*", "regex:/api/(a+)+$", "regex:/(.*.*.*.*)*x"})
    void matches_expensiveExpression_endsAtItsLimit(String source) {
        PathPattern pattern = PathPattern.parse(source);
        String path = "/api/" + "a".repeat(30_000) + "!";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertTrue(pattern.matches(path, true));
            assertFalse(pattern.matches(path, false));
        });
        List<PathPattern> exceeded = new ArrayList<>();
        assertTrue(pattern.matches(path, true, exceeded::add));
        assertEquals(List.of(pattern), exceeded);
        assertEquals(!source.endsWith("x"), pattern.matches("/api/aa", false, exceeded::add));
        assertEquals(List.of(pattern), exceeded, "only where it exceeds its limit");
    }

    @Test
    void matches_ordinaryExpressionAndLongestPath_staysWithinTheLimit() {
        assertTrue(PathPattern.parse("regex:/api/[^/]*/x/.*").matches("/api/a/x/" + "a".repeat(64_000), false));
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,EXAMPLE.com,true",
        "example.com,example.com.,true",
        "example.com,www.example.com,false",
        "*.example.com,www.example.com,true",
        "*.example.com,a.b.example.com,true",
        "*.example.com,example.com,false",
        "*.example.com,notexample.com,false",
        "[::1],::1,true",
        "::1,[::1],true",
        "::1,[0:0:0:0:0:0:0:1],true",
        "[2001:DB8::1],[2001:db8:0::1],true",
        "bücher.example,xn--bcher-kva.example,true",
        "BÜCHER.example,XN--BCHER-KVA.Example.,true",
        "xn--bcher-kva.example,bücher.example,true",
        "*.bücher.example,www.xn--bcher-kva.example,true",
        "*.bücher.example,xn--bcher-kva.example,false",
        "例え。テスト,xn--r8jz45g.xn--zckzah,true",
        "bücher.example,bucher.example,false",
        "a_b,A_B,true",
        "10.0.0.1,10.0.0.1,true",
    })
    void matches_host_asExpected(String pattern, String host, boolean matches) {
        assertEquals(matches, HostPattern.parse(pattern).matches(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "a.*.b",
                "http://x",
                "x:80",
                " ",
                "www example.com",
                " www.example.com",
                "www.example.com ",
                "a\tb",
                "https://www.example.com",
                "//x",
                "x/",
                "bücher.example:8080",
                "bücher.example/x",
                "[::1]:80",
                "[::1",
                "*.::1",
                "::g",
                "a..b",
                ".a",
                "a,b",
                "user@x",
                "x?",
                "a%2eb",
                "a*",
                "*.*.a",
                "x\n",
                "straße.example",
                "a\u200db.example",
                "bü cher",
                "x\uff0fy"
            })
    void parse_invalidHostPattern_fails(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> HostPattern.parse(pattern));
    }
}
