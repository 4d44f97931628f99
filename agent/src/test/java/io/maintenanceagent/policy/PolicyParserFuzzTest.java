package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.maintenanceagent.fuzz.Fuzz;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.state.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Any bytes give a policy or a clear error, and a policy decides any request, soon. */
class PolicyParserFuzzTest {

    private static final String SEED = """
            {"rules": [{"path": "/beta/**", "maintenance": "on", "mode": "full"},
              {"path": "/status", "method": ["GET"], "hosts": ["*.example.com"], "maintenance": "off"},
              {"path": "regex:/a(b|c)*/\\\\d+", "maintenance": "on"},
              {"servlet": "com.acme.HealthServlet", "maintenance": "off"},
              {"annotation": "com.acme.AlwaysAvailable", "maintenance": "off"}],
             "exempt": {"presets": ["docs", "probes", "robots", "acme"], "paths": ["/assets/**"],
               "addresses": ["10.0.0.0/8", "::1"], "headers": {"X-Admin-Key": "key"}, "userAgents": ["Monitoring*"],
               "roles": ["admin"]}, // a comment
             "trustedProxies": ["127.0.0.0/8"], "unmapped": "application",
             "bypass": {"secret": "long enough to be one", "ttl": "PT12H", "cookiePath": "/shop"}}""";

    private static final String RESPONSE = """
            {"response": {"status": 503, "retryAfter": 3600, "jitter": 0.2, "headers": {"X-Maintenance": "on"},
             "text": "soon", "redirect": null,
             "cors": {"origins": ["https://app.example.com", "https://*.example.com"]}}}
            """;

    private static final List<FakeRequest> REQUESTS = List.of(
            FakeRequest.get("/"),
            FakeRequest.get("/beta/x").header("X-Forwarded-For", "10.0.0.1").from("127.0.0.1"),
            FakeRequest.of("POST", "/abcbcbcbcbcbcbcbcbcbcbcbcbcbcbcbcbcbcbcb/1/" + "a".repeat(2000))
                    .header("User-Agent", "Monitoring" + "a".repeat(2000))
                    .header("Cookie", "maintenance-bypass=1.2.3"));

    @FuzzTest(maxDuration = "5m")
    void parse_anyBytes_doesNotThrow(byte[] content) {
        parse(content);
    }

    @Test
    void parse_mutations_doesNotThrow() {
        Fuzz.run("policy", PolicyParserFuzzTest::parse, SEED, RESPONSE, "{}", "{\"" + "long".repeat(1000) + "\": 1}");
    }

    private static void parse(byte[] content) {
        Policy policy;
        try {
            policy = PolicyParser.parse(content, Policies.SECRETS);
        } catch (MalformedContentException e) {
            assertTrue(!e.getMessage().isEmpty() && e.getMessage().length() < 2000, e.getMessage());
            return;
        }
        Decider decider = new Decider(policy, State.ON, false, "window", List.of());
        for (FakeRequest request : REQUESTS) {
            assertNotNull(decider.decide(request, 0, null));
        }
    }
}
