package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.state.Hold;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A decision carries what decided it, and all that is chosen by it. */
class DecisionTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final String POLICY = "{'rules': [{'path': '/on/**', 'maintenance': 'on'},"
            + "{'path': '/off/**', 'maintenance': 'off'},"
            + "{'path': '/on/own', 'response': {'status': 418}}, {'path': '/own', 'response': {'status': 418}}],"
            + "'exempt': {'addresses': ['192.0.2.0/24']}, 'bypass': {'secret': 'a secret that is long enough'}}";

    private static Decision decide(State state, boolean override, FakeRequest request) throws Exception {
        return new Decider(Policies.parse(POLICY), state, override, "window", List.of()).decide(request, NOW, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // path | from | kind | reason
                "/on/x | 203.0.113.9 | RULE_ON | rule /rules/0",
                "/off/x | 203.0.113.9 | RULE_OFF | rule /rules/1",
                "/x | 192.0.2.7 | EXEMPT | 192.0.2.0/24",
                "/health | 203.0.113.9 | EXEMPT | preset probes: /health",
                "/x | 203.0.113.9 | STATE | in maintenance",
            })
    void decide_request_carriesKindAndReason(String path, String from, DecisionKind kind, String reason)
            throws Exception {
        Decision decision = decide(State.ON, false, FakeRequest.get(path).from(from));
        assertEquals(kind, decision.kind());
        assertEquals(reason, decision.reason());
        assertEquals(kind.isStopped(), decision.isStopped());
        assertEquals(kind.isStopped(), decision.refusal() != null);
        assertNull(decision.problem());
    }

    @Test
    void decide_whatPassesOftenIsOneObject() throws Exception {
        Decider decider = Policies.decider(POLICY, State.ON);
        assertSame(
                decider.decide(FakeRequest.get("/off/a"), NOW, null),
                decider.decide(FakeRequest.get("/off/b"), NOW, null));
    }

    @ParameterizedTest
    @CsvSource({
        // state, override, path, whose notice, the rule whose response it is
        "on, false, /x, STATE, -1",
        "on, false, /own, STATE, 1",
        "on, false, /on/x, STATE, -1",
        "off, false, /on/own, POLICY, 0",
        "on, true, /x, OVERRIDE, -1",
        "off, true, /own, OVERRIDE, 1",
        "off, true, /on/x, POLICY, -1",
    })
    void refusal_carriesWhoseNoticeAndWhichResponse(
            String state, boolean override, String path, Refusal.Notice notice, int rule) throws Exception {
        Refusal refusal = decide(state.equals("on") ? State.ON : State.OFF, override, FakeRequest.get(path))
                .refusal();
        assertEquals(notice, refusal.notice());
        assertEquals(rule, refusal.responseRule());
        assertEquals(NOW, refusal.epochMillis());
        assertNull(refusal.link());
    }

    @Test
    void refusal_bypassLink_carriesTheRedirection() throws Exception {
        FakeRequest request = FakeRequest.get("/x").query("maintenance-bypass=a secret that is long enough");
        Decision decision = decide(State.ON, false, request);
        assertEquals(DecisionKind.BYPASS_LINK, decision.kind());
        assertEquals("./x", decision.refusal().link().location());
        assertNotNull(decision.refusal().link().cookie());
    }

    @ParameterizedTest
    @CsvSource({"1000,/x,true", "0,/x,false", "-1,/x,false", "1000,/on/x,false"})
    void refusal_byStateWhileItHolds_waits(long more, String path, boolean waits) throws Exception {
        State state = StateParser.parse("{\"enabled\": true, \"hold\": {\"seconds\": 9, \"requests\": 7}}"
                        .getBytes(StandardCharsets.UTF_8))
                .state();
        Decider decider = new Decider(Policies.parse(POLICY), state, false, "window", NOW + more, List.of());
        Refusal refusal = decider.decide(FakeRequest.get(path), NOW, null).refusal();
        Hold hold = refusal.hold();
        assertEquals(waits, hold != null);
        if (waits) {
            assertEquals(7, hold.requests());
            assertEquals(NOW + more, refusal.holdEndMillis());
        }
    }

    @ParameterizedTest
    @EnumSource
    void stricter_refusalsPrecedePassesAndLowLevelsHighOnes(DecisionKind kind) {
        for (DecisionKind other : DecisionKind.values()) {
            boolean expected = kind.isStopped() && !other.isStopped()
                    || kind.isStopped() == other.isStopped()
                            && (kind.isStopped() ? kind.ordinal() < other.ordinal() : kind.ordinal() > other.ordinal());
            assertEquals(expected, kind.isStricterThan(other), kind + " and " + other);
        }
        assertTrue(Arrays.stream(DecisionKind.values()).noneMatch(k -> k.isExempt() && k.isStopped()));
    }

    @Test
    void work_carriesKindAndReason() throws Exception {
        WorkPolicy work = Policies.parse("{'rules': [{'schedule': 'a.**', 'maintenance': 'off'}]}")
                .work();
        Decision let = work.decide(WorkKind.SCHEDULES, "a.B", State.ON, false, NOW, null);
        assertEquals(DecisionKind.RULE_OFF, let.kind());
        assertEquals("rule /rules/0", let.reason());
        Decision stopped = work.decide(WorkKind.SCHEDULES, "b.C", State.ON, false, NOW, null);
        assertEquals(DecisionKind.STATE, stopped.kind());
        assertTrue(stopped.isStopped());
        assertNull(stopped.refusal());
    }
}
