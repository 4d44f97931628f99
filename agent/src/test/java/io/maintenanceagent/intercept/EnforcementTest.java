package io.maintenanceagent.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.match.PathPattern;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.policy.TemporaryOverride;
import io.maintenanceagent.response.Responses;
import io.maintenanceagent.state.Admit;
import io.maintenanceagent.state.Scope;
import io.maintenanceagent.state.State;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what the others get. */
class EnforcementTest {

    private final FakeContainer container = new FakeContainer();

    @ParameterizedTest
    @ValueSource(strings = {"javax", "jakarta"})
    void answersInEitherNamespace(String namespace) throws Exception {
        if (namespace.equals("jakarta")) {
            container.dispatch("REQUEST");
        } else {
            container.answers.put("getDispatcherType", javax.servlet.DispatcherType.REQUEST);
        }
        container.enforce(new State.Builder(true).message("later").retryAfter(5).build());
        assertTrue(container.refuses(namespace));
        assertEquals(
                List.of(
                        "reset",
                        "setStatus [503]",
                        "setHeader [Retry-After, 5]",
                        "setHeader [Cache-Control, no-store]",
                        "setHeader [Vary, Accept]",
                        "setContentType [application/json]",
                        "setContentLength [18]"),
                container.calls);
        assertEquals("{\"detail\":\"later\"}", container.body.toString());
    }

    @Test
    void keepsWhatAServerHasSetBefore_onEveryAnswer() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getRequestURI", "/shop/x");
        container.set.put("Strict-Transport-Security", List.of("max-age=1"));
        container.set.put("X-Two", List.of("a", "b"));
        container.set.put("ETag", List.of("x"));
        container.answers.put("isSecure", true);
        container.enforce(State.ON);
        container.apply(FakeContainer.policy("{'bypass': {'secret': 'a+secret'}, 'response': {"
                + "'headers': {'X-Maintenance': 'on', 'Cache-Control': 'max-age=5', 'Referrer-Policy': 'origin'},"
                + "'cors': {'origins': ['https://a.example']}}}"));
        assertTrue(container.refuses("jakarta"));
        assertKept("setHeader [Cache-Control, max-age=5]", "setHeader [Vary, Accept, Origin]");

        container.answers.put("getQueryString", "maintenance-bypass=a+secret");
        assertTrue(container.refuses("jakarta"));
        assertKept(
                "setStatus [302]", "setHeader [Cache-Control, no-store]", "setHeader [Referrer-Policy, no-referrer]");

        container.answers.put("getMethod", "OPTIONS");
        container.answers.put("header Origin", "https://a.example");
        container.answers.put("header Access-Control-Request-Method", "PUT");
        assertTrue(container.refuses("jakarta"));
        assertKept(
                "setStatus [204]",
                "setHeader [Cache-Control, no-store]",
                "setHeader [Vary, Access-Control-Request-Method, Access-Control-Request-Headers, Origin]");
    }

    @Test
    void aResponseThatCannotTellItsHeadersIsAnsweredAllTheSame() throws Exception {
        container.dispatch("REQUEST");
        container.enforce(State.ON);
        container.answers.put("getHeaderNames", new AbstractMethodError("as asked"));
        assertTrue(container.refuses("jakarta"));
        assertTrue(container.calls.contains("setStatus [503]"), container.calls.toString());
        assertEquals(0, container.errors.count());
    }

    private void assertKept(String... more) {
        String calls = container.calls.toString();
        assertTrue(container.calls.contains("setHeader [Strict-Transport-Security, max-age=1]"), calls);
        assertTrue(container.calls.contains("setHeader [X-Two, a]"), calls);
        assertTrue(container.calls.contains("addHeader [X-Two, b]"), calls);
        assertTrue(container.calls.contains("setHeader [X-Maintenance, on]"), calls);
        assertFalse(calls.contains("ETag"), calls);
        assertTrue(container.calls.containsAll(List.of(more)), calls);
        container.calls.clear();
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getMethod", "HEAD");
        container.enforce(State.ON);
        assertTrue(container.refuses("jakarta"));
        assertTrue(container.calls.contains("setContentLength [63]"), container.calls.toString());
        assertEquals(0, container.body.size());
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1,Content-Length,100,true",
        "HTTP/1.1,Content-Length,0,false",
        "HTTP/1.1,Transfer-Encoding,chunked,true",
        "HTTP/1.1,Accept,text/html,false",
        "HTTP/2.0,Content-Length,100,false"
    })
    void closesTheConnectionThatABodyIsLeftOn(String protocol, String header, String value, boolean closes)
            throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getProtocol", protocol);
        container.answers.put("header " + header, value);
        container.enforce(State.ON);
        assertTrue(container.refuses("jakarta"));
        assertEquals(closes, container.calls.contains("setHeader [Connection, close]"), container.calls.toString());
    }

    @Test
    void leavesACommittedResponseAlone() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("isCommitted", true);
        container.enforce(State.ON);
        assertTrue(container.refuses("jakarta"));
        assertEquals(List.of(), container.calls);
    }

    @Test
    void refusesOnlyWhatTheStateIsAbout() throws Exception {
        container.dispatch("REQUEST");
        State readOnly = io.maintenanceagent.state.StateParser.parse(
                        "{\"enabled\": true, \"mode\": \"read-only\", \"paths\": [\"/shop/*\"]}".getBytes())
                .state();
        container.enforce(readOnly);
        assertFalse(container.refuses("jakarta"));
        container.answers.put("getMethod", "POST");
        assertTrue(container.refuses("jakarta"));
        container.answers.put("getPathInfo", "/y");
        assertFalse(container.refuses("jakarta"));
    }

    @Test
    void aClientThatIsGoneIsNoFault() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getOutputStream", new IOException("broken pipe"));
        container.enforce(State.ON);
        assertTrue(container.refuses("jakarta"));
        assertEquals(0, container.errors.count());
    }

    @Test
    void failsOpenAndSaysSo() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("setStatus", new IllegalStateException("as asked"));
        container.enforce(State.ON);
        assertFalse(container.refuses("jakarta"));
        assertEquals("reset", container.calls.get(container.calls.size() - 1), "the application gets a clean response");
        container.answers.put("getMethod", new IllegalStateException("as asked"));
        assertFalse(container.refuses("jakarta"));
        assertEquals(2, container.errors.count());
    }

    /** What a client can make the container stumble over must not let it in. */
    @Test
    void decidesWhatCannotBeRemembered() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getServerName", new IllegalArgumentException("as asked"));
        container.enforce(State.ON);
        assertTrue(container.refuses("jakarta"));
        container.enforce(State.OFF);
        assertFalse(container.refuses("jakarta"));
        assertEquals(0, container.errors.count());
    }

    /** A state's words are about what that state itself refuses, while it does. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'enabled':true,'message':'OLD','retryAfter':5} | OLD | 5",
                "{'enabled':true,'until':'2020-01-01T00:00:00Z','message':'OLD'} | policy | 60",
                "{'enabled':true,'from':'2200-01-01T00:00:00Z','message':'OLD','retryAfter':5} | policy | 60",
                "{'enabled':true,'paths':['/shop/y'],'message':'OLD','retryAfter':5} | policy | 60",
                "{'enabled':true,'hosts':['example.org'],'message':'OLD','retryAfter':5} | policy | 60",
                "{'enabled':true,'contexts':['/other'],'message':'OLD','retryAfter':5} | policy | 60",
                "{'enabled':true,'mode':'read-only','message':'OLD','retryAfter':5} | policy | 60",
                "{'enabled':false,'message':'OLD','retryAfter':5} | policy | 60",
            })
    void aRuleThatForcesMaintenanceOn_tellsWhatTheStateSaysOnlyIfThatRefuses(
            String json, String told, String retryAfter) throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getRequestURI", "/shop/x");
        container.enforce(io.maintenanceagent.state.StateParser.parse(
                        json.replace('\'', '"').getBytes())
                .state());
        container.apply(FakeContainer.policy(
                "{'rules': [{'path': '/shop/x', 'maintenance': 'on'}], 'response': {'retryAfter': 60}}"));
        assertTrue(container.refuses("jakarta"));
        assertTrue(container.calls.contains("setHeader [Retry-After, " + retryAfter + "]"), container.calls.toString());
        String detail = told.equals("policy") ? "Service temporarily unavailable due to maintenance" : told;
        assertEquals("{\"detail\":\"" + detail + "\"}", container.body.toString());
    }

    @Test
    void aRequestInFlightMayBeForAnyHostBehindAProxy() throws Exception {
        container.dispatch("REQUEST");
        container.enforce(State.OFF);
        container.apply(FakeContainer.policy("{'trustedProxies': ['10.0.0.0/8']}"));
        long told = container.enter("jakarta");
        container.enforce(io.maintenanceagent.state.StateParser.parse(
                        "{\"enabled\": true, \"hosts\": [\"www.example.com\"]}".getBytes())
                .state());
        assertEquals(1, container.inFlight().blocking());
        container.apply(FakeContainer.policy("{}"));
        assertEquals(0, container.inFlight().blocking(), "it asked for example.com");
        container.interceptor.ends(told);
    }

    @Test
    void isThereForARuleThatForcesMaintenanceOn() throws Exception {
        container.dispatch("REQUEST");
        container.enforce(State.OFF);
        container.answers.put("getRequestURI", "/shop/x");
        container.apply(FakeContainer.policy("{'rules': [{'path': '/shop/x', 'maintenance': 'on'}]}"));
        assertTrue(container.refuses("jakarta"));
        container.answers.put("getServletPath", "/y");
        container.answers.put("getRequestURI", "/shop/y");
        assertFalse(container.refuses("jakarta"));
        container.apply(FakeContainer.policy("{'rules': [{'path': '/shop/x', 'maintenance': 'off'}]}"));
        assertFalse(container.enforcement.snapshot().mayRefuse);
        container.apply(Policy.DEFAULT);
        assertFalse(container.enforcement.snapshot().mayRefuse);
    }

    @Test
    void aPolicyAloneIsNoState() throws Exception {
        container.enforcement.close(false, true);
        container.apply(FakeContainer.policy("{}"));
        assertNull(container.enforcement.enforced(), "still waiting for the first state");
    }

    @Test
    void anOverrideRefuses() throws Exception {
        container.dispatch("REQUEST");
        container.enforce(State.OFF);
        try (TemporaryOverride.Handle handle = container.enforcement.override().on("a moment")) {
            assertTrue(container.refuses("jakarta"));
            assertEquals("{\"detail\":\"a moment\"}", container.body.toString());
        }
        assertFalse(container.refuses("jakarta"));
    }

    @Test
    void marksWhatPassesOnABypass() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getRequestURI", "/shop/x");
        container.answers.put("getQueryString", "maintenance-bypass=a+secret&a=b");
        container.answers.put("isSecure", true);
        container.apply(FakeContainer.policy("{'bypass': {'secret': 'a+secret'}}"));
        container.enforce(State.ON);
        assertTrue(container.refuses("jakarta"));
        assertTrue(container.calls.contains("setStatus [302]"), container.calls.toString());
        assertTrue(container.calls.contains("setHeader [Location, ./x?a=b]"), container.calls.toString());
        String cookie = container.calls.stream()
                .filter(call -> call.contains("Set-Cookie"))
                .findFirst()
                .get();
        assertTrue(cookie.endsWith("; HttpOnly; SameSite=Lax; Secure]"), cookie);

        container.answers.put("getQueryString", null);
        container.calls.clear();
        assertTrue(container.refuses("jakarta"));
        container.answers.put("headers Cookie", cookie.replaceAll(".*(maintenance-bypass=[^;]*);.*", "$1"));
        container.calls.clear();
        assertFalse(container.refuses("jakarta"));
        assertEquals(
                List.of("setHeader [Cache-Control, private, no-store]", "setHeader [CDN-Cache-Control, no-store]"),
                container.calls);

        // An edit of the message opens no new window; off and on again does.
        container.enforce(new State.Builder(true).message("later").build());
        assertFalse(container.refuses("jakarta"));
        // A ramp is its end.
        Instant now = Instant.now();
        container.enforce(new State.Builder(true)
                .window(now.minusSeconds(1), now.plusSeconds(3600))
                .admit(Admit.ramp(0))
                .build());
        assertFalse(container.refuses("jakarta"));
        container.enforce(State.OFF);
        Thread.sleep(2);
        container.enforce(State.ON);
        assertTrue(container.refuses("jakarta"));
    }

    @Test
    void saysOnceThatAnExpressionWasGivenUp() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getRequestURI", "/shop/" + "a".repeat(30_000));
        container.answers.put("getServletPath", "/" + "a".repeat(30_000));
        List<PathPattern> paths = List.of(PathPattern.parse("regex:/shop/(a|b)*c"));
        container.enforce(new State.Builder(true)
                .scope(new Scope(false, paths, List.of(), List.of()))
                .build());
        assertTrue(container.refuses("jakarta"));
        assertTrue(container.refuses("jakarta"));
        assertEquals(2, container.errors.count());
        String last = container.errors.last();
        assertTrue(last.startsWith("\"regex:/shop/(a|b)*c\" exceeded its limit of time or stack on a path"), last);
    }

    @Test
    void aRoleThatTheContainerFailsToTellExemptsNobody() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getRequestURI", "/shop/x");
        container.answers.put("isUserInRole", new IllegalStateException("as asked"));
        container.apply(FakeContainer.policy("{'exempt': {'roles': ['admin']}}"));
        container.enforce(State.ON);
        assertTrue(container.refuses("jakarta"));
        assertEquals(0, container.errors.count(), "a fault of the container's");
    }

    @Test
    void aFaultOnTheWayToAnAnswerLetsNobodyIn() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getHttpServletMapping", new IllegalStateException("as asked"));
        Policy policy = FakeContainer.policy("{'rules': [{'servlet': 'x', 'response': {'status': 500}}]}");
        container.enforcement.enforce(
                policy, List.of(), Responses.parse(null, policy.ruleResponses(), null, List.of(), container.errors));
        container.enforce(State.ON);
        assertTrue(container.refuses("jakarta"));
        assertTrue(container.calls.contains("setStatus [503]"), container.calls.toString());
    }

    @Test
    void makesRequestsWaitForTheFirstState() throws Exception {
        container.dispatch("REQUEST");
        container.enforcement.close(false, true);
        Thread later = new Thread(() -> container.enforce(State.ON));
        later.start();
        assertTrue(container.refuses("jakarta"));
        later.join();
    }

    @Test
    void doesNotWaitForever() throws Exception {
        container.dispatch("REQUEST");
        container.enforcement.close(false, true);
        assertFalse(container.refuses("jakarta"));
    }

    /** On an event loop, whose other requests would wait as well. */
    @Test
    void requestsThatMustNotWait_areRefusedAtAStart_andLetInAtAnAttach() throws Exception {
        container.enforcement.close(false, true);
        EnforcementSnapshot assumed = container.enforcement.snapshotAtOnce();
        assertTrue(assumed.mayRefuse && assumed.isOn(System.currentTimeMillis()));
        assertEquals(1, assumed.effective.state().retryAfter());
        container.enforce(State.OFF);
        assertFalse(container.enforcement.snapshotAtOnce().mayRefuse);
        container.enforcement.open();
        assertNull(container.enforcement.snapshotAtOnce());
        container.enforcement.close(false, false);
        assertNull(container.enforcement.snapshotAtOnce());
        container.enforce(State.ON);
        assertTrue(container.enforcement.snapshotAtOnce().mayRefuse);
    }

    /** For a second at the most: the store may never answer. */
    @Test
    void requestsThatMustNotWait_areLetInWhereNoStateComes() {
        container.enforcement.close(false, true);
        assertTrue(container.enforcement.snapshotAtOnce().mayRefuse);
        assertNull(container.enforcement.snapshot(), "waits for a second");
        assertNull(container.enforcement.snapshotAtOnce());
    }
}
