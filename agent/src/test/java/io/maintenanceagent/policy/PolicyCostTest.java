package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.json.JsonException;
import io.maintenanceagent.state.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A rough measure, with much room for a busy machine; JMH tells the truth. */
class PolicyCostTest {

    private static final int ROUNDS = 20_000;

    private static Decider decider(int rules) throws JsonException {
        StringBuilder text = new StringBuilder("{'rules': [");
        for (int i = 0; i < rules; i++) {
            String path = new String[] {"/a" + i + "/**", "/api/v1/p" + i, "/**/f" + i, "/g" + i + "*/x"}[i % 4];
            text.append("{'path': '").append(path).append("', 'maintenance': '").append(i % 2 == 0 ? "off" : "on").append("'},");
        }
        text.append("{'path': '/last', 'maintenance': 'off'}], 'exempt': {'paths': ['/none'], 'addresses': [");
        for (int i = 0; i < rules; i++) {
            text.append("'10.").append(i >> 8).append('.').append(i & 255).append(".0/24',");
        }
        return new Decider(
                Policies.parse(text + "'192.0.2.1'], 'userAgents': ['x*']}}"), State.ON, false, "window", List.of());
    }

    private static double nanos(Decider decider, FakeRequest request, Decision expected) {
        long start = System.nanoTime();
        for (int i = 0; i < ROUNDS; i++) {
            if (decider.decide(request, 0, null) != expected) {
                throw new AssertionError();
            }
        }
        return (double) (System.nanoTime() - start) / ROUNDS;
    }

    @Test
    void tenThousandRulesCostWhatTenDo() throws JsonException {
        Decider ten = decider(10);
        Decider many = decider(10_000);
        FakeRequest refused = FakeRequest.get("/api/v1/customers/42/orders").header("User-Agent", "Mozilla/5.0");
        FakeRequest exempt = FakeRequest.get("/api/v1/customers/42/orders").from("192.0.2.1");
        for (Object[] one : new Object[][] {
            {refused, Decision.STATE}, {exempt, Decision.EXEMPT}, {FakeRequest.get("/last"), Decision.RULE_OFF}
        }) {
            double few = Double.MAX_VALUE;
            double lots = Double.MAX_VALUE;
            for (int round = 0; round < 40; round++) {
                few = Math.min(few, nanos(ten, (FakeRequest) one[0], (Decision) one[1]));
                lots = Math.min(lots, nanos(many, (FakeRequest) one[0], (Decision) one[1]));
            }
            System.out.printf("%s: %.0f ns with 10 rules and networks, %.0f ns with 10,000%n", one[1], few, lots);
            assertTrue(lots < 5 * few, few + " ns and " + lots + " ns");
        }
        assertEquals(Decision.RULE_ON, many.decide(FakeRequest.get("/api/v1/p9997"), 0, null));
    }
}
