package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriAmbiguityTest {

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "/a/b.c,/a/b.c",
        "/a/,/a/",
        "/a%20b,/a b",
        "/a+b,/a+b",
        "/%C3%A4,/ä",
        "/100%25,/100%",
        "/%61,/a",
        "/a;jsessionid=1A.node,/a",
        "/dir/,/dir/index.html",
        "/a..b/.c/d.,/a..b/.c/d.",
    })
    void isSureOfWhatCanBeReadInOneWay(String raw, String path) {
        assertNull(UriAmbiguity.doubt(raw, path));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/a/..;/b,/b",
                "/a/../b,/b",
                "/a/%2e%2e/b,/b",
                "/a/.%2E/b,/b",
                "/a/./b,/a/b",
                "/a/%2e/b,/a/b",
                "/a/..,/",
                "/a/.,/a/",
                "//a,/a",
                "//a,//a",
                "/a//b,/a/b",
                "/a//b,/a//b",
                "/a%2fb,/a/b",
                "/a%2Fb,/a%2Fb",
                "/a%5cb,/a\\b",
                "/a%5cb,/a/b",
                "/a\\b,/a/b",
                "/a%252fb,/a%2fb",
                "/a%252e%252e,/a%2e%2e",
                "/a;x=1/b,/a/b",
                "/a;/b,/a/b",
                "/a/;/b,/a/b",
                "/a;x=%2f..,/a",
                "/;/a,/a",
                "/..;x=1,/",
                "/a%00,/a",
                "/a%00.html,/a%00.html",
                "/a%0d%0a,/a",
                "/%c0%ae%c0%ae/a,/a",
                "/a%e0%80%af,/a/",
                "/a%u002f,/a",
                "/a%,/a%",
                "/%ff,/\uFFFD",
                "/%e4,/ä",
                "http://example.com/a,/a",
                "a,/a",
                "*,*",
                "/a%7f,/a",
                "/A,/a",
                "/a.,/a",
                "/a/,/a",
                "/a,/a/",
                "/a/...,/a/...",
                "/a%3bx,/a;x",
                "/a%3b/b,/a",
                "/dir,/dir/index.html",
                "/dir/,/directory",
            })
    void doubtsWhatCanBeReadInTwo(String raw, String path) {
        assertNotNull(UriAmbiguity.doubt(raw, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "EXAMPLE.com.", "127.0.0.1", "[::1]", "::1", "a_b", "münchen.example"})
    void knowsHosts(String host) {
        assertNull(UriAmbiguity.doubtfulHost(host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "a@b", "a\tb", "a?b", "a#b", "a,b", "<a>"})
    void doubtsHosts(String host) {
        assertNotNull(UriAmbiguity.doubtfulHost(host));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/..;/b//c,/b/c",
        "/../../a,/a",
        "/a/%2e%2e%2fb,/b",
        "/a/%252e%252e/b,/b",
        "/a\\b,/a/b",
        "/a;x/b;y,/a/b",
        "/a/,/a/",
        "/a/.,/a/",
        "/a/..,/",
        "//,/",
        "/%zz/../a,/a",
    })
    void alsoReadsGenerously(String raw, String path) {
        assertEquals(path, UriAmbiguity.generous(raw));
    }

    @ParameterizedTest
    @CsvSource({"/a/..;/b//c,/a/../b//c", "/a%20b;x=1/%2e%2e/c,/a b/../c", "/a%,/a%"})
    void alsoReadsLiterally(String raw, String path) {
        assertEquals(path, UriAmbiguity.literal(raw));
    }
}
