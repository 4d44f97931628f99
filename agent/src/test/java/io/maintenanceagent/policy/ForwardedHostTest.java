package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host that the client asked for, behind proxies. */
class ForwardedHostTest {

    private static final String WWW = "www.example.com";

    private static State state(String host) throws Exception {
        String json = "{\"enabled\": true, \"hosts\": [\"" + host + "\"]}";
        return StateParser.parse(json.getBytes(StandardCharsets.UTF_8)).state();
    }

    private static DecisionKind decide(String scope, FakeRequest request) throws Exception {
        return Policies.decider("{'trustedProxies': ['10.0.0.0/8']}", state(scope))
                .decide(request, 0, null)
                .kind();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // connection | X-Forwarded-Host | Forwarded | a state for www.example.com | one for app
                "10.0.0.1 | - | - | NONE | STATE",
                "10.0.0.1 | www.example.com | - | STATE | NONE",
                "10.0.0.1 | WWW.Example.com.:8443 | - | STATE | NONE",
                "10.0.0.1 | other.example.com | - | NONE | NONE",
                "203.0.113.9 | www.example.com | for=1.2.3.4;host=www.example.com | NONE | STATE",
                "10.0.0.1 | - | for=192.0.2.1;host=www.example.com | STATE | NONE",
                "10.0.0.1 | - | for=192.0.2.1;host=\"www.example.com:443\" | STATE | NONE",
                "10.0.0.1 | - | for=192.0.2.1;host=www.example.com, for=10.0.0.2;host=app | STATE | NONE",
                "10.0.0.1 | - | for=192.0.2.1;host=www.example.com, for=10.0.0.2 | STATE | NONE",
                "10.0.0.1 | - | for=192.0.2.1, for=10.0.0.2;host=www.example.com | STATE | NONE",
                "10.0.0.1 | - | for=1.1.1.1;host=evil.example, for=192.0.2.1;host=www.example.com | STATE | NONE",
                "10.0.0.1 | - | for=192.0.2.1;proto=https | NONE | STATE",
                // more than one reading: what refuses one of them refuses
                "10.0.0.1 | evil.example, www.example.com | - | STATE | NONE",
                "10.0.0.1 | www.example.com, app | - | STATE | STATE",
                "10.0.0.1 | evil.example | for=192.0.2.1;host=www.example.com | STATE | NONE",
                "10.0.0.1 | www.example.com, www.example.com:80 | - | STATE | NONE",
                // no reading at all: any
                "10.0.0.1 | '' | - | STATE | STATE",
                "10.0.0.1 | a b | - | STATE | STATE",
                "10.0.0.1 | www%2eexample.com | - | STATE | STATE",
                "10.0.0.1 | https://www.example.com | - | STATE | STATE",
                "10.0.0.1 | - | for=\" | STATE | STATE",
                "unknown | - | - | STATE | STATE",
                "'' | - | - | NONE | STATE",
            })
    void decide_stateWithHosts_matchesTheForwardedHost(
            String peer, String forwardedHost, String forwarded, DecisionKind www, DecisionKind app) throws Exception {
        FakeRequest request = FakeRequest.get("/").from(peer).host("app");
        if (forwardedHost != null) {
            request.header("X-Forwarded-Host", forwardedHost);
        }
        if (forwarded != null) {
            request.header("Forwarded", forwarded);
        }
        assertEquals(www, decide(WWW, request));
        assertEquals(app, decide("app", request));
    }

    @Test
    void decide_ruleWithHosts_letsPassOnlyACertainHost() throws Exception {
        Decider decider = Policies.decider(
                "{'trustedProxies': ['10.0.0.0/8'], 'rules': ["
                        + "{'hosts': ['admin.example.com'], 'maintenance': 'off'},"
                        + "{'hosts': ['beta.example.com'], 'maintenance': 'on'}]}",
                State.ON);
        FakeRequest admin = FakeRequest.get("/").from("10.0.0.1").header("X-Forwarded-Host", "admin.example.com");
        assertEquals(DecisionKind.RULE_OFF, decider.decide(admin, 0, null).kind());
        admin = FakeRequest.get("/").from("10.0.0.1").header("X-Forwarded-Host", "admin.example.com", WWW);
        assertEquals(DecisionKind.STATE, decider.decide(admin, 0, null).kind());
        FakeRequest beta =
                FakeRequest.get("/").from("10.0.0.1").header("X-Forwarded-Host", "x.example, beta.example.com");
        assertEquals(DecisionKind.RULE_ON, decider.decide(beta, 0, null).kind());
        FakeRequest untrusted = FakeRequest.get("/").from("192.0.2.1").header("X-Forwarded-Host", "admin.example.com");
        assertEquals(DecisionKind.STATE, decider.decide(untrusted, 0, null).kind());
    }

    @ParameterizedTest
    @CsvSource({
        "bücher.example,xn--bcher-kva.example",
        "xn--bcher-kva.example,bücher.example",
        "*.bücher.example,a.xn--bcher-kva.example"
    })
    void decide_hostBeyondAscii_isComparedInAscii(String scope, String host) throws Exception {
        assertEquals(DecisionKind.STATE, decide(scope, FakeRequest.get("/").host(host)));
        FakeRequest forwarded = FakeRequest.get("/").from("10.0.0.1").header("X-Forwarded-Host", host);
        assertEquals(DecisionKind.STATE, decide(scope, forwarded));
        assertEquals(DecisionKind.NONE, decide(scope, FakeRequest.get("/").host("bucher.example")));
    }

    @Test
    void hosts_hugeHeader_isAnyHostAndFast() {
        String huge = "a.example,".repeat(400_000);
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (String name : new String[] {"X-Forwarded-Host", "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto"}) {
                for (String value :
                        new String[] {huge, "for=1.1.1.1;host=a,".repeat(300_000), "\"\\".repeat(2_000_000)}) {
                    FakeRequest request = FakeRequest.get("/").from("10.0.0.1").header(name, value);
                    DecisionKind expected =
                            name.endsWith("Host") || name.equals("Forwarded") ? DecisionKind.STATE : DecisionKind.NONE;
                    assertEquals(expected, decide(WWW, request), name);
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "https | - | true",
                "http, https | - | true",
                "https, http | - | false",
                "- | for=1.1.1.1;proto=https | true",
                "- | for=1.1.1.1;proto=https, for=10.0.0.2;proto=http | false",
                "- | for=\" | false",
                "http | proto=https | false"
            })
    void saysSecure_headers_asExpected(String proto, String forwarded, boolean secure) throws Exception {
        Policy policy = Policies.parse("{'trustedProxies': ['10.0.0.0/8']}");
        FakeRequest request = FakeRequest.get("/").from("10.0.0.1");
        if (proto != null) {
            request.header("X-Forwarded-Proto", proto);
        }
        if (forwarded != null) {
            request.header("Forwarded", forwarded);
        }
        assertEquals(secure, policy.addresses.saysSecure(request));
    }
}
