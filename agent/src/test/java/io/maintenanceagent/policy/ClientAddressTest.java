package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.match.Address;
import io.maintenanceagent.match.Network;
import io.maintenanceagent.match.Networks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    private final ClientAddress addresses =
            new ClientAddress(new Networks(List.of(Network.parse("10.0.0.0/8"), Network.parse("::1"))));

    private String of(FakeRequest request) {
        return String.valueOf(addresses.of(request, new Explanation()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // connection | X-Forwarded-For | the client
                "203.0.113.9 | 10.0.0.1 | 203.0.113.9",
                "10.0.0.1 | - | 10.0.0.1",
                "10.0.0.1 | 192.0.2.1 | 192.0.2.1",
                "10.0.0.1 | 127.0.0.1, 192.0.2.1 | 192.0.2.1",
                "10.0.0.1 | 192.0.2.1, 10.0.0.2 | 192.0.2.1",
                "10.0.0.1 | 192.0.2.1, 192.0.2.2, 10.0.0.2 | 192.0.2.2",
                "10.0.0.1 | 10.0.0.3, 10.0.0.2 | 10.0.0.3",
                "10.0.0.1 | 192.0.2.1:4711 | 192.0.2.1",
                "10.0.0.1 | [2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1 | 2001:db8::1 | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1 | ::ffff:192.0.2.1 | 192.0.2.1",
                "::ffff:10.0.0.1 | 192.0.2.1 | 192.0.2.1",
                "0:0:0:0:0:0:0:1%0 | 192.0.2.1 | 192.0.2.1",
                "10.0.0.1 | unknown | null",
                "10.0.0.1 | 192.0.2.1, unknown | null",
                "10.0.0.1 | 192.0.2.1, | null",
                "10.0.0.1 | '' | null",
                "10.0.0.1 | 127.0.0.1, garbage, 10.0.0.2 | null",
                "10.0.0.1 | 192.0.2.1 10.0.0.2 | null",
                "10.0.0.1 | 192.0.2.01 | null",
                "nonsense | 192.0.2.1 | null",
                "'' | 192.0.2.1 | null",
            })
    void of_xForwardedFor_isReadFromTheRight(String peer, String forwardedFor, String client) {
        FakeRequest request = FakeRequest.get("/").from(peer);
        if (forwardedFor != null) {
            request.header("X-Forwarded-For", forwardedFor);
        }
        assertEquals(client, of(request));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=192.0.2.1 | 192.0.2.1",
                "For=\"192.0.2.1:80\";Proto=https;by=10.0.0.1 | 192.0.2.1",
                "for=127.0.0.1, for=192.0.2.1;proto=http , for=10.0.0.2 | 192.0.2.1",
                "for=\"[2001:db8::1]:4711\" | 2001:db8:0:0:0:0:0:1",
                "for=\"\\192.0.2.1\" | 192.0.2.1",
                "proto=https | null",
                "for=unknown | null",
                "for=_hidden, for=10.0.0.2 | null",
                "for=\"192.0.2.1 | null",
                "for=10.0.0.9;x=\", for=\"[2001:db8::1]\" | null",
                "for=10.0.0.9, \", for=192.0.2.1 | null",
                "for=192.0.2.1;for=10.0.0.9 | null",
                "for=192.0.2.1,, | null",
                "for = 192.0.2.1 | null",
                "for= | null",
            })
    void of_forwarded_isRead(String forwarded, String client) {
        assertEquals(client, of(FakeRequest.get("/").from("10.0.0.1").header("Forwarded", forwarded)));
    }

    @Test
    void of_severalLines_areJoined() {
        assertEquals(
                "192.0.2.2",
                of(FakeRequest.get("/")
                        .from("10.0.0.1")
                        .header("X-Forwarded-For", "192.0.2.1", "192.0.2.2, 10.0.0.2")));
        assertEquals(
                "192.0.2.2",
                of(FakeRequest.get("/").from("10.0.0.1").header("Forwarded", "for=192.0.2.1", "for=192.0.2.2")));
    }

    @Test
    void of_contradictingHeaders_isUnknown() {
        assertEquals("192.0.2.1", of(both("192.0.2.1", "for=192.0.2.1")));
        assertEquals("null", of(both("192.0.2.1", "for=10.0.0.9")));
        assertEquals("null", of(both("unknown", "for=192.0.2.1")));
        assertEquals("null", of(both("192.0.2.1", "for=\"")));
    }

    private static FakeRequest both(String forwardedFor, String forwarded) {
        return FakeRequest.get("/")
                .from("10.0.0.1")
                .header("X-Forwarded-For", forwardedFor)
                .header("Forwarded", forwarded);
    }

    @Test
    void of_noTrustedProxies_isThePeer() {
        ClientAddress none = new ClientAddress(Networks.NONE);
        assertEquals(
                Address.parse("10.0.0.1"),
                none.of(FakeRequest.get("/").from("10.0.0.1").header("X-Forwarded-For", "127.0.0.1"), null));
    }

    @Test
    void saysSecure_trustedProxyOnly() {
        assertTrue(addresses.saysSecure(FakeRequest.get("/").from("10.0.0.1").header("X-Forwarded-Proto", "https")));
        assertFalse(addresses.saysSecure(FakeRequest.get("/").from("10.0.0.1").header("X-Forwarded-Proto", "http")));
        assertFalse(addresses.saysSecure(FakeRequest.get("/").from("192.0.2.1").header("X-Forwarded-Proto", "https")));
    }
}
