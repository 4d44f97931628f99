package io.maintenanceagent.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.inflight.InFlightRequest;
import io.maintenanceagent.server.ForwardableExchange;
import io.maintenanceagent.state.State;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that was let in at one server, and comes to a servlet of the same JVM. */
class ForwardedRequestsTest {

    private final FakeContainer container = new FakeContainer();
    private final ForwardedRequests forwarded = container.interceptor.forwarded();
    private final Admitted outer = new Admitted();
    private InFlightRequest inFlight;

    private static final class Admitted implements ForwardableExchange.Marked {
        private String mark;

        @Override
        public String mark() {
            return mark;
        }
    }

    @BeforeEach
    void aServlet() {
        container.dispatch("REQUEST");
        container.answers.put("getRequestURI", "/shop/x");
        container.answers.put("getRemoteAddr", "127.0.0.1");
    }

    /** Lets the request in at the proxy, and has it sent on. */
    private void admit(boolean exempt) {
        ForwardedRequests.Enforced before = forwarded.enforced();
        inFlight = container.running.begin(null);
        container.running.awaitCompletion(inFlight, outer);
        inFlight.letIn(exempt);
        ForwardableExchange exchange = (ForwardableExchange) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ForwardableExchange.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("completion")) {
                        return outer;
                    }
                    outer.mark = (String) arguments[1];
                    return container.answers.put("header " + arguments[0], arguments[1]);
                });
        forwarded.mark(exchange, before);
        container.running.leave(inFlight);
    }

    private void assertGoesOn() throws Exception {
        long ticket = container.enter("jakarta");
        assertTrue(ticket > 0, "it is refused");
        assertEquals(1, container.running.snapshot(request -> false, false, 0).total(), "one request");
        container.interceptor.ends(ticket);
        assertEquals(1, container.running.snapshot(request -> false, false, 0).total());
        container.interceptor.completed(outer);
        assertEquals(0, container.running.snapshot(request -> false, false, 0).total());
        assertEquals(0, container.counts.total(), "what its servlet counts");
    }

    @Test
    void isOneRequest() throws Exception {
        admit(false);
        assertGoesOn();
    }

    @Test
    void goesOnWhateverFlipsMeanwhile() throws Exception {
        admit(false);
        container.enforce(State.ON);
        assertGoesOn();
    }

    @Test
    void ofAnExemptOne_goesOn() throws Exception {
        container.enforce(State.ON);
        admit(true);
        assertGoesOn();
    }

    @Test
    void ofAnExemptOne_isRefusedByARuleThatForcesMaintenance() throws Exception {
        container.apply(FakeContainer.policy("{'rules': [{'path': '/shop/x', 'maintenance': 'on'}]}"));
        container.enforce(State.OFF);
        admit(true);
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"));
    }

    @Test
    void refusedByWhatItsServletAloneKnows_isRefused() throws Exception {
        container.enforce(State.ON);
        admit(false);
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"));
        assertEquals(1, container.counts.refusedCount());
    }

    @Test
    void whereRolesExempt_isDecidedAtItsServlet() throws Exception {
        container.apply(FakeContainer.policy("{'exempt': {'roles': ['admin']}}"));
        container.enforce(State.ON);
        admit(true);
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "10.0.0.1", "::2"})
    void fromElsewhere_itsMarkLetsNobodyIn(String address) throws Exception {
        admit(false);
        container.enforce(State.ON);
        container.answers.put("getRemoteAddr", address);
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"));
    }

    @Test
    void whenItIsOver_itsMarkLetsNobodyIn() throws Exception {
        admit(false);
        String mark = outer.mark;
        container.interceptor.completed(outer);
        container.enforce(State.ON);
        assertTrue(container.refuses("jakarta"));
        admit(true);
        assertNotEquals(mark, outer.mark);
        container.answers.put("header " + ForwardedRequests.HEADER, mark);
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"));
    }
}
