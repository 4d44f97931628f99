package io.maintenanceagent.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.state.State;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests on a thread that was busy when the agent was attached. */
class PreAttachTest {

    private final FakeContainer container = new FakeContainer();
    private final PreAttachRequests earlier =
            new PreAttachRequests(frame -> frame.getMethodName().equals("entryPoint"));
    private final RequestInterceptor interceptor = new RequestInterceptor(
            container.enforcement, container.running, earlier, container.counts, container.errors);

    @BeforeEach
    void attachWithinARequest() throws Exception {
        container.dispatch("REQUEST");
        container.enforce(State.ON);
        entryPoint(() -> {
            earlier.find(List.of());
            assertEquals(1, earlier.count());
            return null;
        });
    }

    /** Something woven on the stack; a lambda has another name. */
    private static <T> T entryPoint(Callable<T> inner) throws Exception {
        return inner.call();
    }

    private long enter() throws Exception {
        return interceptor.servletBegins(
                container.fake("jakarta.servlet.http.HttpServletRequest"),
                container.fake("jakarta.servlet.http.HttpServletResponse"));
    }

    @Test
    void partOfTheEarlierRequest_passes() throws Exception {
        entryPoint(() -> {
            assertEquals(MaintenanceHook.NOTHING, (long) entryPoint(this::enter));
            return null;
        });
    }

    @Test
    void nextRequest_isRefused() throws Exception {
        assertEquals(MaintenanceHook.REFUSED, (long) entryPoint(this::enter));
    }

    /** At an entry point of the server's own that leaves it to the servlet. */
    @Test
    void nextRequest_undecidedAtFirst_isRefused() throws Exception {
        entryPoint(() -> {
            assertEquals(MaintenanceHook.UNDECIDED, interceptor.exchangeBegins(null));
            assertEquals(MaintenanceHook.REFUSED, (long) entryPoint(this::enter));
            return null;
        });
        assertEquals(0, earlier.count());
    }
}
