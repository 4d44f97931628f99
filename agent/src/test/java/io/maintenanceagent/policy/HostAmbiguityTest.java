package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAmbiguityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "EXAMPLE.com.",
                "127.0.0.1",
                "[::1]",
                "::1",
                "fe80::1%eth0",
                "a_b",
                "münchen.example"
            })
    void isStrange_validHost_false(String host) {
        assertFalse(HostAmbiguity.isMalformed(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "*", "a/b", "a b", "a@b", "a\tb", "a?b", "a#b", "a,b", "<a>", "[x", "[::1", "x]", "a:b", "a%2eb",
                "[a]", ":", "%"
            })
    void isStrange_invalidHost_true(String host) {
        assertTrue(HostAmbiguity.isMalformed(host));
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,example.com",
        "example.com,EXAMPLE.com:8080",
        "::1,[::1]:80",
        "[::1],[::1]",
        "example.com,example.com:",
        "127.0.0.1,127.0.0.1:80"
    })
    void readings_sameHost_one(String told, String header) {
        assertEquals(List.of(told), HostAmbiguity.readings(told, List.of(header)));
    }

    @Test
    void readings_targetAndHeaderDiffer_both() {
        assertEquals(List.of("a.example", "b.example"), HostAmbiguity.readings("a.example", List.of("b.example:80")));
    }

    @Test
    void readings_noHeader_containersHost() {
        assertEquals(List.of("example.com"), HostAmbiguity.readings("example.com", List.of()));
    }

    @Test
    void readings_invalidOrSeveral_null() {
        assertNull(HostAmbiguity.readings(null, List.of("a")));
        assertNull(HostAmbiguity.readings("a", List.of("a", "a")));
        assertNull(HostAmbiguity.readings("a", List.of("")));
        assertNull(HostAmbiguity.readings("a", List.of("*")));
        assertNull(HostAmbiguity.readings("a", List.of("a:x")));
        assertNull(HostAmbiguity.readings("shop.example.com", List.of("shop%2eexample.com")));
    }
}
