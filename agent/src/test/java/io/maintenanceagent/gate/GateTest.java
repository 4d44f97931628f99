package io.maintenanceagent.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.drain.Census;
import io.maintenanceagent.drain.EarlierRequests;
import io.maintenanceagent.drain.RequestCounts;
import io.maintenanceagent.drain.RunningRequest;
import io.maintenanceagent.drain.RunningRequests;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.match.PathPattern;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.policy.PolicyParser;
import io.maintenanceagent.policy.TemporaryOverride;
import io.maintenanceagent.response.Responses;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.Scope;
import io.maintenanceagent.state.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate before requests and responses of both namespaces that only remember what they are told. */
class GateTest {

    private final Faults faults = new Faults(new PrintStream(new ByteArrayOutputStream()));
    private final Gate gate = new Gate(new AtomicBoolean(), faults);
    private final RunningRequests running = new RunningRequests();
    private final RequestCounts counts = new RequestCounts(running);
    private final Entrance entrance =
            new Entrance(gate, running, new EarlierRequests(frame -> false), counts, faults);

    private final Map<String, Object> answers = new HashMap<>(Map.of(
            "getMethod", "GET", "getProtocol", "HTTP/1.1", "getContextPath", "/shop", "getServletPath", "/x",
            "getServerName", "example.com", "isCommitted", false, "isAsyncStarted", false));
    private final List<String> calls = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private Object fake(String type) throws ClassNotFoundException {
        return Proxy.newProxyInstance(
                GateTest.class.getClassLoader(), new Class<?>[] {Class.forName(type)}, (proxy, method, arguments) -> {
                    String name = method.getName();
                    if (name.equals("getHeader")) {
                        return answers.get("header " + arguments[0]);
                    }
                    if (name.equals("getHeaders")) {
                        Object value = answers.get("headers " + arguments[0]);
                        return value == null ? null : Collections.enumeration(List.of(value));
                    }
                    if (answers.get(name) instanceof Throwable) {
                        throw (Throwable) answers.get(name);
                    }
                    if (name.equals("getOutputStream")) {
                        return type.startsWith("javax") ? new JavaxOut() : new JakartaOut();
                    }
                    if (method.getReturnType() == void.class) {
                        calls.add(name + (arguments == null ? "" : " " + List.of(arguments)));
                    }
                    return answers.get(name);
                });
    }

    private final class JavaxOut extends javax.servlet.ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(javax.servlet.WriteListener listener) {}

        @Override
        public void write(int b) {
            body.write(b);
        }
    }

    private final class JakartaOut extends jakarta.servlet.ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(jakarta.servlet.WriteListener listener) {}

        @Override
        public void write(int b) {
            body.write(b);
        }
    }

    @Test
    void aContainersEntryThatCannotBeReadLeavesTheRequestToItsServlet() throws Exception {
        gate.enforce(EffectiveState.of(true, null, null));
        ContainerEntrance container = new ContainerEntrance(entrance, faults);
        for (String place : List.of("tomcat", "jetty login", "jetty 9 login", "undertow", "undertow code", "unknown")) {
            assertEquals(Boolean.FALSE, container.apply(place, new Object[] {"no", "request", "there"}), place);
        }
        assertTrue(refuses("jakarta"));
    }

    private boolean refuses(String namespace) throws ClassNotFoundException {
        Object told = enter(namespace);
        if (told instanceof RunningRequest) {
            entrance.accept(told);
        }
        assertEquals(0, inFlight().total(), "nothing is left behind");
        return told == Boolean.TRUE;
    }

    private Object enter(String namespace) throws ClassNotFoundException {
        return entrance.apply(
                fake(namespace + ".servlet.http.HttpServletRequest"),
                fake(namespace + ".servlet.http.HttpServletResponse"));
    }

    private Census inFlight() {
        return running.census(request -> gate.refuses(request, System.currentTimeMillis()), 0);
    }

    private void dispatch(String type) {
        // An enum constant in the container; all that is asked of it is its name.
        answers.put("getDispatcherType", jakarta.servlet.DispatcherType.valueOf(type));
    }

    private void enforce(State state) {
        gate.enforce(EffectiveState.of(null, state, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javax", "jakarta"})
    void answersInEitherNamespace(String namespace) throws Exception {
        if (namespace.equals("jakarta")) {
            dispatch("REQUEST");
        } else {
            answers.put("getDispatcherType", javax.servlet.DispatcherType.REQUEST);
        }
        enforce(new State.Builder(true).message("later").retryAfter(5).build());
        assertTrue(refuses(namespace));
        assertEquals(
                List.of(
                        "reset",
                        "setStatus [503]",
                        "setHeader [Retry-After, 5]",
                        "setHeader [Cache-Control, no-store]",
                        "setHeader [Vary, Accept]",
                        "setContentType [application/json]",
                        "setContentLength [18]"),
                calls);
        assertEquals("{\"detail\":\"later\"}", body.toString());
    }

    /** What began before, and would not be let in any more, is what one waits for. */
    @Test
    void countsWhatRuns() throws Exception {
        dispatch("REQUEST");
        answers.put("getRequestURI", "/shop/x");
        Object before = enter("jakarta");
        assertEquals(1, inFlight().total());
        assertEquals(0, inFlight().blocking(), "nothing is refused yet");
        apply(policy("{'exempt': {'paths': ['/shop/free']}}"));
        enforce(State.ON);
        assertEquals(1, inFlight().blocking());
        assertEquals("/shop/x", inFlight().oldest().path());
        answers.put("getRequestURI", "/shop/free");
        answers.put("getServletPath", "/free");
        Object exempt = enter("jakarta");
        assertEquals(2, inFlight().sync());
        assertEquals(1, inFlight().exempt());
        assertEquals(1, inFlight().blocking());
        entrance.accept(before);
        assertEquals(0, inFlight().blocking());
        assertEquals("/shop/free", inFlight().oldest().path(), "the exempt one still runs");
        entrance.accept(exempt);
        assertEquals(0, inFlight().total());
        assertEquals(1, counts.passedCount());
        assertEquals(1, counts.exemptCount());
        assertEquals(0, counts.refusedCount());
    }

    /** One that began before, and would have passed all the same, holds nobody up. */
    @Test
    void doesNotWaitForWhatWouldPass() throws Exception {
        dispatch("REQUEST");
        apply(policy("{'exempt': {'paths': ['/shop/fr\u00e9e/**']}}"));
        answers.put("getRequestURI", "/shop/fr%C3%A9e/%41;v=1");
        Object free = enter("jakarta");
        answers.put("getRequestURI", "/shop/x/../fr%C3%A9e");
        Object doubtful = enter("jakarta");
        enforce(State.ON);
        assertEquals(2, inFlight().total());
        assertEquals(1, inFlight().blocking());
        entrance.accept(doubtful);
        assertEquals(0, inFlight().blocking());
        entrance.accept(free);
    }

    @Test
    void countsAsynchronousOnesUntilTheirCompletion() throws Exception {
        dispatch("REQUEST");
        FakeAsyncContext context = new FakeAsyncContext();
        Object begun = enter("jakarta");
        entrance.accept(begun, context);
        entrance.accept(begun, context); // the facade, and what is behind it
        entrance.accept(begun);
        assertEquals(1, inFlight().async());
        context.startAgain();
        context.complete();
        assertEquals(0, inFlight().total());
        context.complete();
        assertEquals(0, inFlight().total());
    }

    /** Undertow completes before the entry returns. */
    @Test
    void countsAnEntryThatIsLongerThanItsAsynchronousPart() throws Exception {
        dispatch("REQUEST");
        FakeAsyncContext context = new FakeAsyncContext();
        Object begun = enter("jakarta");
        entrance.accept(begun, context);
        context.complete();
        assertEquals(1, inFlight().sync());
        entrance.accept(begun);
        assertEquals(0, inFlight().total());
    }

    @Test
    void countsAsFinishedWhatItCannotListenTo() throws Exception {
        dispatch("REQUEST");
        Object begun = enter("jakarta");
        entrance.accept(begun, "no context");
        entrance.accept(begun);
        assertEquals(0, inFlight().total());
        assertEquals(1, faults.count());
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        dispatch("REQUEST");
        answers.put("getMethod", "HEAD");
        enforce(State.ON);
        assertTrue(refuses("jakarta"));
        assertTrue(calls.contains("setContentLength [63]"), calls.toString());
        assertEquals(0, body.size());
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
        dispatch("REQUEST");
        answers.put("getProtocol", protocol);
        answers.put("header " + header, value);
        enforce(State.ON);
        assertTrue(refuses("jakarta"));
        assertEquals(closes, calls.contains("setHeader [Connection, close]"), calls.toString());
    }

    @ParameterizedTest
    @CsvSource({"REQUEST,true", "FORWARD,true", "INCLUDE,false", "ERROR,false", "ASYNC,false"})
    void decidesBeginningsOnly(String dispatcher, boolean refused) throws Exception {
        dispatch(dispatcher);
        enforce(State.ON);
        assertEquals(refused, refuses("jakarta"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUEST", "FORWARD"})
    void letsPassWhatGoesOnOnAnotherThread(String dispatcher) throws Exception {
        dispatch(dispatcher);
        answers.put("isAsyncStarted", true);
        enforce(State.ON);
        assertFalse(refuses("jakarta"));
    }

    @Test
    void leavesACommittedResponseAlone() throws Exception {
        dispatch("REQUEST");
        answers.put("isCommitted", true);
        enforce(State.ON);
        assertTrue(refuses("jakarta"));
        assertEquals(List.of(), calls);
    }

    @Test
    void refusesOnlyWhatTheStateIsAbout() throws Exception {
        dispatch("REQUEST");
        State readOnly = io.maintenanceagent.state.StateParser.parse(
                        "{\"enabled\": true, \"mode\": \"read-only\", \"paths\": [\"/shop/*\"]}".getBytes())
                .state();
        enforce(readOnly);
        assertFalse(refuses("jakarta"));
        answers.put("getMethod", "POST");
        assertTrue(refuses("jakarta"));
        answers.put("getPathInfo", "/y");
        assertFalse(refuses("jakarta"));
    }

    @Test
    void letsRequestsInThatAreNotHttp() throws Exception {
        enforce(State.ON);
        assertNull(entrance.apply(fake("jakarta.servlet.ServletRequest"), fake("jakarta.servlet.ServletResponse")));
        assertEquals(0, faults.count());
    }

    @Test
    void aClientThatIsGoneIsNoFault() throws Exception {
        dispatch("REQUEST");
        answers.put("getOutputStream", new IOException("broken pipe"));
        enforce(State.ON);
        assertTrue(refuses("jakarta"));
        assertEquals(0, faults.count());
    }

    @Test
    void failsOpenAndSaysSo() throws Exception {
        dispatch("REQUEST");
        answers.put("setStatus", new IllegalStateException("as asked"));
        enforce(State.ON);
        assertFalse(refuses("jakarta"));
        assertEquals("reset", calls.get(calls.size() - 1), "the application gets a clean response");
        answers.put("getMethod", new IllegalStateException("as asked"));
        assertFalse(refuses("jakarta"));
        assertEquals(2, faults.count());
    }

    private static Policy policy(String text) throws Exception {
        return PolicyParser.parse(text.replace('\'', '"').getBytes(), null);
    }

    private void apply(Policy policy) {
        gate.enforce(policy, List.of(), Responses.byDefault(List.of(), faults));
    }

    /** What a client can make the container stumble over must not let it in. */
    @Test
    void decidesWhatCannotBeRemembered() throws Exception {
        dispatch("REQUEST");
        answers.put("getServerName", new IllegalArgumentException("as asked"));
        enforce(State.ON);
        assertTrue(refuses("jakarta"));
        enforce(State.OFF);
        assertFalse(refuses("jakarta"));
        assertEquals(0, faults.count());
    }

    @Test
    void isThereForARuleThatForcesMaintenanceOn() throws Exception {
        dispatch("REQUEST");
        enforce(State.OFF);
        answers.put("getRequestURI", "/shop/x");
        apply(policy("{'rules': [{'path': '/shop/x', 'maintenance': 'on'}]}"));
        assertTrue(refuses("jakarta"));
        answers.put("getServletPath", "/y");
        answers.put("getRequestURI", "/shop/y");
        assertFalse(refuses("jakarta"));
        apply(policy("{'rules': [{'path': '/shop/x', 'maintenance': 'off'}]}"));
        assertFalse(gate.posture().mayRefuse);
        apply(Policy.DEFAULT);
        assertFalse(gate.posture().mayRefuse);
    }

    @Test
    void aPolicyAloneIsNoState() throws Exception {
        gate.close();
        apply(policy("{}"));
        assertNull(gate.enforced(), "still waiting for the first state");
    }

    @Test
    void anOverrideRefuses() throws Exception {
        dispatch("REQUEST");
        enforce(State.OFF);
        try (TemporaryOverride.Handle handle = gate.override().on("a moment")) {
            assertTrue(refuses("jakarta"));
            assertEquals("{\"detail\":\"a moment\"}", body.toString());
        }
        assertFalse(refuses("jakarta"));
    }

    @Test
    void marksWhatPassesOnABypass() throws Exception {
        dispatch("REQUEST");
        answers.put("getRequestURI", "/shop/x");
        answers.put("getQueryString", "maintenance-bypass=a+secret&a=b");
        answers.put("isSecure", true);
        apply(policy("{'bypass': {'secret': 'a+secret'}}"));
        enforce(State.ON);
        assertTrue(refuses("jakarta"));
        assertTrue(calls.contains("setStatus [302]"), calls.toString());
        assertTrue(calls.contains("setHeader [Location, /shop/x?a=b]"), calls.toString());
        String cookie = calls.stream().filter(call -> call.contains("Set-Cookie")).findFirst().get();
        assertTrue(cookie.endsWith("; HttpOnly; SameSite=Lax; Secure]"), cookie);

        answers.put("getQueryString", null);
        calls.clear();
        assertTrue(refuses("jakarta"));
        answers.put("headers Cookie", cookie.replaceAll(".*(maintenance-bypass=[^;]*);.*", "$1"));
        calls.clear();
        assertFalse(refuses("jakarta"));
        assertEquals(
                List.of("setHeader [Cache-Control, private, no-store]", "setHeader [CDN-Cache-Control, no-store]"), calls);

        // An edit of the message opens no new window; off and on again does.
        enforce(new State.Builder(true).message("later").build());
        assertFalse(refuses("jakarta"));
        enforce(State.OFF);
        Thread.sleep(2);
        enforce(State.ON);
        assertTrue(refuses("jakarta"));
    }

    @Test
    void saysOnceThatAnExpressionWasGivenUp() throws Exception {
        dispatch("REQUEST");
        answers.put("getRequestURI", "/shop/" + "a".repeat(30_000));
        answers.put("getServletPath", "/" + "a".repeat(30_000));
        List<PathPattern> paths = List.of(PathPattern.parse("regex:/shop/(a|b)*c"));
        enforce(new State.Builder(true).scope(new Scope(false, paths, List.of(), List.of())).build());
        assertTrue(refuses("jakarta"));
        assertTrue(refuses("jakarta"));
        assertEquals(2, faults.count());
        assertTrue(faults.last().startsWith("\"regex:/shop/(a|b)*c\" was given up on a path"), faults::last);
    }

    @Test
    void aFaultOnTheWayToAnExemptionExemptsNobody() throws Exception {
        dispatch("REQUEST");
        answers.put("getRequestURI", "/shop/x");
        answers.put("isUserInRole", new IllegalStateException("as asked"));
        apply(policy("{'exempt': {'roles': ['admin']}}"));
        enforce(State.ON);
        assertTrue(refuses("jakarta"));
        assertEquals(1, faults.count());
    }

    @Test
    void aFaultOnTheWayToAnAnswerLetsNobodyIn() throws Exception {
        dispatch("REQUEST");
        answers.put("getHttpServletMapping", new IllegalStateException("as asked"));
        Policy policy = policy("{'rules': [{'servlet': 'x', 'response': {'status': 500}}]}");
        gate.enforce(
                policy, List.of(), Responses.parse(null, policy.ruleResponses(), null, List.of(), faults));
        enforce(State.ON);
        assertTrue(refuses("jakarta"));
        assertTrue(calls.contains("setStatus [503]"), calls.toString());
    }

    @Test
    void makesRequestsWaitForTheFirstState() throws Exception {
        dispatch("REQUEST");
        gate.close();
        Thread later = new Thread(() -> enforce(State.ON));
        later.start();
        assertTrue(refuses("jakarta"));
        later.join();
    }

    @Test
    void doesNotWaitForever() throws Exception {
        dispatch("REQUEST");
        gate.close();
        assertFalse(refuses("jakarta"));
    }
}
