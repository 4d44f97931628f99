package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.maintenanceagent.fuzz.Fuzz;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Any request is decided, soon, and explained by the same decision: its path as sent and as the container reads it, its
 * host, query, addresses, cookies and tokens are random.
 */
class DeciderFuzzTest {

    private static final String[] SEEDS = {
        lines("/shop/beta/x", "/shop/beta/x", "example.com", "", "10.0.0.1, 203.0.113.7", "for=10.0.0.1;proto=https"),
        lines("/a/%2e%2e/b;v=1/%2F", "/b", "b\u00fccher.example:80", "maintenance-bypass=secret", "[::1]:80", ""),
        lines(
                "http://h/shop/x",
                "/shop/x",
                "[::1]",
                "a=b&maintenance-bypass=%zz",
                "",
                "for=\"[2001:db8::1]:4711\", for=unknown;by=_x",
                "a=b; maintenance-bypass=1800000000000.window.0123456789abcdef; c",
                "1800000000.abc"),
        lines("*", "*", "", "", "unknown", "for", "maintenance-bypass", "x"),
    };

    private static final List<Decider> DECIDERS = new ArrayList<>();

    static {
        try {
            for (String state :
                    new String[] {"on", "{\"enabled\":true,\"paths\":[\"/shop/**\"],\"hosts\":[\"*.example\"]}"}) {
                State on = StateParser.parse(state.getBytes(StandardCharsets.UTF_8))
                        .state();
                DECIDERS.add(Policies.decider(
                        "{'trustedProxies': ['0.0.0.0/0', '::/0'], 'exempt': {'addresses':"
                                + " ['10.0.0.0/8', '2001:db8::/32'], 'paths': ['/free/**'], 'userAgents': ['*Mon*']},"
                                + " 'rules': [{'path': '/shop/beta/**', 'maintenance': 'on'},"
                                + " {'path': 'regex:/(a|b|ab)*c', 'maintenance': 'off'},"
                                + " {'hosts': ['*.example.com'], 'maintenance': 'off'}],"
                                + " 'bypass': {'secret': 'a secret that is long enough'}}",
                        on));
                DECIDERS.add(Policies.decider("{}", on));
            }
        } catch (MalformedContentException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String lines(String... fields) {
        return String.join("\n", fields);
    }

    @FuzzTest(maxDuration = "5m")
    void decide_anyRequest_doesNotThrow(byte[] content) {
        decide(content);
    }

    @Test
    void decide_mutations_doesNotThrow() {
        Fuzz.run("request", DeciderFuzzTest::decide, SEEDS);
    }

    private static void decide(byte[] content) {
        String[] fields = new String(content, StandardCharsets.UTF_8).split("\n", 8);
        FakeRequest request = FakeRequest.of("GET", field(fields, 1))
                .uri(field(fields, 0))
                .host(field(fields, 2))
                .query(field(fields, 3))
                .from("203.0.113.1")
                .header("X-Forwarded-For", field(fields, 4))
                .header("Forwarded", field(fields, 5))
                .header("X-Forwarded-Host", field(fields, 2))
                .header("Host", field(fields, 2))
                .header("Cookie", field(fields, 6))
                .header("User-Agent", field(fields, 6))
                .header("X-Forwarded-Prefix", field(fields, 7))
                .header(Bypass.HEADER, field(fields, 7));
        for (Decider decider : DECIDERS) {
            Decision decision = decider.decide(request, 1_800_000_000_000L, null);
            assertEquals(
                    decision.kind(),
                    decider.decide(request, 1_800_000_000_000L, new Explanation())
                            .kind());
            assertEquals(decision.isStopped(), decision.refusal() != null);
        }
    }

    private static String field(String[] fields, int at) {
        return at < fields.length ? fields[at] : "";
    }
}
