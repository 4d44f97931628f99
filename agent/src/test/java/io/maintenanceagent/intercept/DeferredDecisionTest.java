package io.maintenanceagent.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.state.State;
import java.security.Principal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where only a role can exempt a request, and filters of the application may know the user. */
class DeferredDecisionTest {

    private static final String ROLES = "{'exempt': {'roles': ['admin']}}";

    private final FakeContainer container = new FakeContainer();

    @BeforeEach
    void startOn() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getRequestURI", "/shop/x");
        container.enforce(State.ON);
        container.apply(FakeContainer.policy(ROLES));
    }

    private void knowsUser(String role) {
        container.answers.put("getUserPrincipal", (Principal) () -> "alice");
        container.answers.put("role", role);
    }

    private void assertDeferred() throws Exception {
        assertEquals(MaintenanceHook.UNDECIDED, container.enterFilter());
        assertEquals(0, container.inFlight().total());
    }

    private void assertLetIn(long told) {
        assertTrue(told > 0);
        assertEquals(1, container.inFlight().total());
        container.interceptor.ends(told);
        assertEquals(0, container.inFlight().total());
    }

    @Test
    void noUser_isRefusedAtTheServlet() throws Exception {
        assertDeferred();
        assertDeferred();
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"));
        assertEquals(0, container.errors.count());
    }

    @Test
    void userWithTheRole_isLetInWhereItIsKnown() throws Exception {
        assertDeferred();
        knowsUser("admin");
        assertLetIn(container.enterFilter());
    }

    @Test
    void userWithoutTheRole_isRefusedWhereItIsKnown() throws Exception {
        assertDeferred();
        knowsUser("customer");
        assertEquals(MaintenanceHook.REFUSED, container.enterFilter());
    }

    @Test
    void remoteUserAlone_isAUser() throws Exception {
        container.answers.put("getRemoteUser", "alice");
        assertEquals(MaintenanceHook.REFUSED, container.enterFilter());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'exempt': {'roles': []}}",
                "{'rules': [{'path': '/shop/x', 'maintenance': 'on'}], 'exempt': {'roles': ['admin']}}"
            })
    void whatNoRoleExempts_isRefusedAtOnce(String policy) throws Exception {
        container.apply(FakeContainer.policy(policy));
        assertEquals(MaintenanceHook.REFUSED, container.enterFilter());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'exempt': {'roles': ['admin'], 'paths': ['/shop/x']}}",
                "{'rules': [{'path': '/shop/x', 'maintenance': 'off'}], 'exempt': {'roles': ['admin']}}"
            })
    void whatPassesAnyway_isLetInAtOnce(String policy) throws Exception {
        container.apply(FakeContainer.policy(policy));
        assertLetIn(container.enterFilter());
    }

    @Test
    void off_isLetInAtOnce() throws Exception {
        container.enforce(State.OFF);
        assertLetIn(container.enterFilter());
    }

    @Test
    void temporaryOverride_isDeferredToo() throws Exception {
        container.enforce(State.OFF);
        container.enforcement.override().on(null);
        assertDeferred();
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"));
    }

    /** Servers open WebSockets in a filter of their own. */
    @Test
    void webSocket_isRefusedAtOnce() throws Exception {
        container.answers.put("headers Upgrade", "websocket");
        assertEquals(MaintenanceHook.REFUSED, container.enterFilter());
        container.answers.put("headers Upgrade", "h2c");
        assertDeferred();
    }

    /** A filter that lets requests wait (Jetty's QoSFilter) dispatches them again. */
    @Test
    void asynchronousDispatch_isDecided() throws Exception {
        assertDeferred();
        container.dispatch("ASYNC");
        assertDeferred();
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"));
        assertLetIn(container.enter("jakarta")); // of a request that was let in, as far as anybody knows
    }

    @Test
    void chainOnAnotherThread_isDecided() throws Exception {
        assertDeferred();
        container.answers.put("isAsyncStarted", true);
        assertEquals(MaintenanceHook.REFUSED, container.enter("jakarta"));
    }

    @Test
    void errorPageOfAFilter_isShown() throws Exception {
        assertDeferred();
        container.dispatch("ERROR");
        assertLetIn(container.enter("jakarta"));
    }
}
