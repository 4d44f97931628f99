package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.state.Admit;
import io.maintenanceagent.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which clients a share lets in. */
class ShareTest {

    private static final Instant FROM = Instant.parse("2026-11-22T22:00:00Z");
    private static final long BEGIN = FROM.toEpochMilli();
    private static final long LENGTH = 120_000;
    private static final int CLIENTS = 10_000;

    private static State percent(int percent) {
        return new State.Builder(true)
                .admit(Admit.percent(percent).salted("salt"))
                .build();
    }

    private static State ramp(int start, String salt) {
        return new State.Builder(true)
                .window(FROM, FROM.plusMillis(LENGTH))
                .admit(Admit.ramp(start).salted(salt))
                .build();
    }

    private static Decider decider(State state) {
        return new Decider(Policy.DEFAULT, state, false, "window", List.of());
    }

    private static boolean isIn(State state, FakeRequest request, long epochMillis) {
        DecisionKind decision =
                decider(state).decide(request, epochMillis, null).kind();
        assertTrue(decision == DecisionKind.ADMITTED || decision == DecisionKind.STATE, () -> "decided " + decision);
        return decision == DecisionKind.ADMITTED;
    }

    private static FakeRequest session(String id) {
        return FakeRequest.get("/shop").header("Cookie", "theme=dark; JSESSIONID=" + id);
    }

    /** As containers make them. */
    private static List<String> sessions() {
        Random random = new Random(1);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            ids.add(Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()));
        }
        return ids;
    }

    @Test
    void percent_tenThousandSessions_letsThatShareInWithinOnePoint() {
        for (int percent : new int[] {0, 10, 50, 100}) {
            State state = percent(percent);
            long in = sessions().stream()
                    .filter(id -> isIn(state, session(id), BEGIN))
                    .count();
            assertEquals(percent, 100.0 * in / CLIENTS, percent % 100 == 0 ? 0 : 1.0);
        }
    }

    @Test
    void percent_tenThousandAddresses_letsThatShareInWithinOnePoint() {
        State state = percent(10);
        int in = 0;
        for (int i = 0; i < CLIENTS; i++) {
            in += isIn(state, FakeRequest.get("/").from("10.1." + i / 250 + "." + i % 250), BEGIN) ? 1 : 0;
        }
        assertEquals(10, 100.0 * in / CLIENTS, 1.0);
    }

    @Test
    void ramp_asItGrows_keepsEverybodyInWhoIsIn() {
        State state = ramp(0, null);
        Set<String> in = new HashSet<>();
        for (int step = 0; step <= 5; step++) {
            long now = BEGIN + LENGTH * step / 5 - (step == 5 ? 1 : 0);
            Set<String> next = new HashSet<>();
            for (String id : sessions()) {
                if (isIn(state, session(id), now)) {
                    next.add(id);
                }
            }
            assertTrue(next.containsAll(in), "somebody fell out");
            assertEquals(100.0 * step / 5, 100.0 * next.size() / CLIENTS, 1.0);
            in = next;
        }
    }

    /** Three JVMs, with nothing in common but the state. */
    @Test
    void fleet_withTheSameState_agrees() throws MalformedContentException {
        List<Decider> fleet = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            fleet.add(Policies.decider("{}", ramp(5, null)));
        }
        for (String id : sessions()) {
            DecisionKind first =
                    fleet.get(0).decide(session(id), BEGIN + LENGTH / 3, null).kind();
            assertEquals(
                    first,
                    fleet.get(1).decide(session(id), BEGIN + LENGTH / 3, null).kind());
            assertEquals(
                    first,
                    fleet.get(2).decide(session(id), BEGIN + LENGTH / 3, null).kind());
        }
    }

    /** A raised percentage, and a ramp after it, have the salt of what was there before. */
    @Test
    void share_thatIsRaisedWithTheSameSalt_keepsEverybodyIn() {
        for (String id : sessions()) {
            if (isIn(percent(10), session(id), BEGIN)) {
                assertTrue(isIn(percent(11), session(id), BEGIN));
                assertTrue(isIn(ramp(10, "salt"), session(id), BEGIN));
            }
        }
    }

    @Test
    void salt_ofAnotherWindow_letsOthersIn() {
        State other =
                new State.Builder(true).admit(Admit.percent(50).salted("other")).build();
        long same = sessions().stream()
                .filter(id -> isIn(percent(50), session(id), BEGIN) == isIn(other, session(id), BEGIN))
                .count();
        assertEquals(50, 100.0 * same / CLIENTS, 2.0);
    }

    @Test
    void client_onAnotherNodeAfterAFailOver_keepsItsPosition() {
        assertEquals(position(session("abc.node1")), position(session("abc.node2")));
        assertEquals(position(session("0000abc:clone1")), position(session("0000abc:clone2")));
        assertNotEquals(position(session("abc")), position(session("abd")));
        assertEquals(
                position(FakeRequest.get("/").header("Cookie", "SESSION=x.y")),
                position(FakeRequest.get("/").header("Cookie", "a=b;SESSION=x.y")));
        assertNotEquals(
                position(FakeRequest.get("/").header("Cookie", "SESSION=x.y")),
                position(FakeRequest.get("/").header("Cookie", "SESSION=x.z")));
    }

    private static long position(FakeRequest request) {
        return ClientPosition.of(facts(request), Policy.SESSION_COOKIES, "salt").position();
    }

    private static RequestFacts facts(FakeRequest request) {
        return new RequestFacts(request, Policy.DEFAULT.addresses, null, null);
    }

    @Test
    void client_ofOtherSessionCookies_isKnownByThem() throws MalformedContentException {
        Policy policy = Policies.parse("{'sessionCookies': ['SID']}");
        assertEquals(List.of("SID"), policy.sessionCookies);
        assertEquals(Policy.SESSION_COOKIES, Policies.parse("{}").sessionCookies);
        FakeRequest request = FakeRequest.get("/").header("Cookie", "JSESSIONID=a; SID=b");
        assertEquals(
                "cookie SID",
                ClientPosition.of(facts(request), policy.sessionCookies, "").client());
        assertEquals(
                "address 203.0.113.9",
                ClientPosition.of(facts(request), List.of(), "").client());
    }

    @Test
    void client_behindATrustedProxy_isKnownByItsOwnAddress() throws MalformedContentException {
        Decider decider = Policies.decider("{'trustedProxies': ['10.0.0.0/8']}", percent(50));
        Set<DecisionKind> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            FakeRequest proxied = FakeRequest.get("/").from("10.0.0.1").header("X-Forwarded-For", "203.0.113." + i);
            FakeRequest direct = FakeRequest.get("/").from("203.0.113." + i);
            assertEquals(
                    decider.decide(direct, BEGIN, null).kind(),
                    decider.decide(proxied, BEGIN, null).kind());
            seen.add(decider.decide(proxied, BEGIN, null).kind());
        }
        assertEquals(Set.of(DecisionKind.ADMITTED, DecisionKind.STATE), seen);
    }

    /** First by its address, then by the session that it gets, then by the one after its login. */
    @Test
    void client_thatIsLetInAndGetsASession_staysIn() {
        State state = percent(10);
        Decider decider = decider(state);
        for (int i = 0; i < 200; i++) {
            FakeRequest first = FakeRequest.get("/").from("10.0.0." + i);
            if (isIn(state, first, BEGIN)) {
                String cookie = decider.decide(first, BEGIN, null).admittedCookie();
                assertTrue(cookie.endsWith("; Path=/; HttpOnly; SameSite=Lax"), cookie);
                String pair = cookie.substring(0, cookie.indexOf(';'));
                for (String id : sessions().subList(0, 20)) {
                    FakeRequest next =
                            FakeRequest.get("/").from("192.0.2.1").header("Cookie", "JSESSIONID=" + id + "; " + pair);
                    assertTrue(isIn(state, next, BEGIN));
                    assertNull(decider.decide(next, BEGIN, null).admittedCookie(), "it has one");
                }
                assertFalse(isIn(ramp(0, "other"), FakeRequest.get("/").header("Cookie", pair), BEGIN), "of another");
            }
        }
    }

    @Test
    void turnMillis_isWhenTheClientIsLetIn() throws MalformedContentException {
        State state = ramp(0, null);
        for (String id : sessions().subList(0, 500)) {
            long turn = turn(decider(state), session(id));
            assertTrue(turn > BEGIN && turn <= BEGIN + LENGTH);
            assertTrue(turn == BEGIN + LENGTH || isIn(state, session(id), turn));
            assertFalse(isIn(state, session(id), turn - 2));
        }
        assertEquals(0, turn(decider(State.ON), session("a")));
        Decider forced = Policies.decider("{'rules': [{'path': '/**', 'maintenance': 'on'}]}", state);
        assertEquals(0, turn(forced, session("a")));
        assertEquals(Long.MAX_VALUE, turn(decider(percent(1)), session("a")));
    }

    private static long turn(Decider decider, FakeRequest request) {
        return decider.decide(request, BEGIN, null).refusal().turnMillis();
    }

    @Test
    void decide_rulesExemptionsAndOverrides_comeBeforeTheShare() throws MalformedContentException {
        State all = percent(100);
        assertEquals(
                DecisionKind.RULE_ON,
                Policies.decider("{'rules': [{'path': '/x', 'maintenance': 'on'}]}", all)
                        .decide(FakeRequest.get("/x"), BEGIN, null)
                        .kind());
        assertEquals(
                DecisionKind.EXEMPT,
                decider(all).decide(FakeRequest.get("/health"), BEGIN, null).kind());
        assertEquals(
                DecisionKind.OVERRIDE,
                new Decider(Policy.DEFAULT, all, true, "window", List.of())
                        .decide(FakeRequest.get("/x"), BEGIN, null)
                        .kind());
        assertFalse(DecisionKind.ADMITTED.isExempt() || DecisionKind.ADMITTED.isStopped());
    }

    @Test
    void explain_saysHowTheClientIsKnownAndWhereItStands() {
        Explanation explanation = new Explanation();
        decider(percent(10)).decide(session("secret-id"), BEGIN, explanation).kind();
        String steps = String.join("\n", explanation.steps());
        assertTrue(steps.contains("its client, known by its cookie JSESSIONID, is at "), steps);
        assertTrue(steps.contains(" percent of all, and 10 percent are let in"), steps);
        assertFalse(steps.contains("secret-id"), steps);
    }
}
