package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedPrefixTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/shop|/shop",
                "/shop/|/shop",
                " /shop |/shop",
                "/|''",
                "''|''",
                "/a, /b/|/a/b",
                "/a/b%20c|/a/b%20c",
                "//evil.example|''",
                "/a//evil|''",
                "/a, //evil|''",
                "/../x|''",
                "/a/./b|''",
                "/a/..|''",
                "shop|''",
                "https://evil.example/|''",
                "/a;Domain=evil.example|''",
                "/a\\b|''",
                "/a b|''",
                "/ä|''",
            },
            delimiter = '|')
    void of_header_onlyAPathIsUsed(String header, String prefix) {
        assertEquals(prefix.equals("''") ? "" : prefix, ForwardedPrefix.of(List.of(header.equals("''") ? "" : header)));
    }

    @Test
    void of_severalLines_areJoined() {
        assertEquals("", ForwardedPrefix.of(List.of()));
        assertEquals("/a/b", ForwardedPrefix.of(List.of("/a", "/b")));
        assertEquals("", ForwardedPrefix.of(List.of("/a\r\nSet-Cookie: x=y")));
        assertEquals("", ForwardedPrefix.of(List.of("/a\tb")));
        assertEquals("", ForwardedPrefix.of(List.of("/a".repeat(1 << 20))));
        assertEquals("", ForwardedPrefix.of(List.of("/".repeat(1000))));
    }
}
