package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "/a%20/b%20.c,/a /b .c",
    })
    void of_oneReading_isNull(String raw, String path) {
        assertNull(UriAmbiguity.of(raw, path));
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
                "/a#b,/a#b",
                "/a/..%20/b,/a/.. /b",
                "/a%ef%bc%8fb,/a\uFF0Fb",
            })
    void of_twoReadings_tellsWhy(String raw, String path) {
        assertNotNull(UriAmbiguity.of(raw, path));
    }

    @ParameterizedTest
    @CsvSource({
        "/dir/,/dir/index.html,/dir/",
        "/,/index.jsp,/",
        "/d%20r/;jsessionid=1,/d r/w/x.html,/d r/",
        "/a%20b,/a b,",
        "/a,/a,"
    })
    void directory_welcomeFile_isTheRequestedDirectory(String raw, String path, String directory) {
        assertEquals(directory, UriAmbiguity.directory(raw, path));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/..;/b//c,/b/c",
        "/a/..;/b//c,/a/../b//c",
        "/a/..;/b//c,/b//c",
        "/a/..;/b//c,/a/..",
        "/../../a,/a",
        "/a/%2e%2e%2fb,/b",
        "/a/%252e%252e/b,/b",
        "/a/%252e%252e/b,/a/%2e%2e/b",
        "/a\\b,/a/b",
        "/a\\b,/a\\b",
        "/a;x/b;y,/a/b",
        "/a;x/b;y,/a",
        "/app/admin;/x,/app/admin",
        "/app/admin;/x,/app/admin/x",
        "/a%3bx/b,/a/b",
        "/app/admin%3b/x,/app/admin",
        "/app/admin%253b/x,/app/admin",
        "/app/admin%23/x,/app/admin",
        "/a//../b,/a/b",
        "/a//../b,/b",
        "/a/.,/a/",
        "/a/..,/",
        "//,/",
        "/%zz/../a,/a",
        "/a%20b;x=1/%2e%2e/c,/a b/../c",
        "/a%,/a%",
        "/cl%6fsed/%ff,/closed/\uFFFD",
        "http://example.com/a%2fb,/a/b",
        "http://example.com,/",
        "/a/x/..#/b,/a/",
        "/a/%c0%ae%C0%AE/b,/b",
        "/a/..%c0%af/b,/b",
        "/a/%e0%80%ae./b,/b",
        "/a/%u002e%u002E/b,/b",
        "/a/%uff0e%uff0e/b,/b",
        "/a/%ef%bc%8e%ef%bc%8e/b,/b",
        "/a/x/..%ef%bc%8f..%e2%88%95b,/b",
        "/a/..%20/b,/b",
        "/a/..%09/b,/b",
        "/a/..%00/b,/b",
        "/a/.../b,/b",
        "a/b,/a/b",
    })
    void readings_ambiguousPath_containThePath(String raw, String path) {
        assertTrue(
                UriAmbiguity.readings(raw).contains(path),
                () -> UriAmbiguity.readings(raw).toString());
    }

    @Test
    void readings_longPath_areFew() {
        assertTrue(UriAmbiguity.readings("/a;b%252f..//x".repeat(500)).size() <= 24);
    }
}
