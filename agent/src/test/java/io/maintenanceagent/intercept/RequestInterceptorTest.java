package io.maintenanceagent.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.weave.WovenClasses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in flight, and what counts as a request. */
class RequestInterceptorTest {

    private final FakeContainer container = new FakeContainer();

    @Test
    void aContainersEntryThatCannotBeReadLeavesTheRequestToItsServlet() throws Exception {
        container.enforcement.enforce(EffectiveState.of(true, null, null));
        ServerEntryInterceptor own =
                new ServerEntryInterceptor(container.interceptor, new WovenClasses(), container.errors);
        for (String place : List.of("TOMCAT_HOST", "JETTY_LOGIN", "JETTY_9_CONTEXT", "UNDERTOW_END", "unknown")) {
            assertEquals(MaintenanceHook.UNDECIDED, own.begins(place, new Object[] {"no", "request", "there"}), place);
        }
        assertTrue(container.refuses("jakarta"));
    }

    /** What began before, and would not be let in any more, is what one waits for. */
    @Test
    void countsWhatRuns() throws Exception {
        container.dispatch("REQUEST");
        container.answers.put("getRequestURI", "/shop/x");
        long before = container.enter("jakarta");
        assertEquals(1, container.inFlight().total());
        assertEquals(0, container.inFlight().blocking(), "nothing is refused yet");
        container.apply(FakeContainer.policy("{'exempt': {'paths': ['/shop/free']}}"));
        container.enforce(State.ON);
        assertEquals(1, container.inFlight().blocking());
        assertEquals("/shop/x", container.inFlight().oldest().path());
        container.answers.put("getRequestURI", "/shop/free");
        container.answers.put("getServletPath", "/free");
        long exempt = container.enter("jakarta");
        assertEquals(2, container.inFlight().sync());
        assertEquals(1, container.inFlight().exempt());
        assertEquals(1, container.inFlight().blocking());
        container.interceptor.ends(before);
        assertEquals(0, container.inFlight().blocking());
        assertEquals("/shop/free", container.inFlight().oldest().path(), "the exempt one still runs");
        container.interceptor.ends(exempt);
        assertEquals(0, container.inFlight().total());
        assertEquals(1, container.counts.passedCount());
        assertEquals(1, container.counts.exemptCount());
        assertEquals(0, container.counts.refusedCount());
    }

    /** One that began before, and would have passed all the same, holds nobody up. */
    @Test
    void doesNotWaitForWhatWouldPass() throws Exception {
        container.dispatch("REQUEST");
        container.apply(FakeContainer.policy("{'exempt': {'paths': ['/shop/fr\u00e9e/**']}}"));
        container.answers.put("getRequestURI", "/shop/fr%C3%A9e/%41;v=1");
        long free = container.enter("jakarta");
        container.answers.put("getRequestURI", "/shop/x/../fr%C3%A9e");
        long ambiguous = container.enter("jakarta");
        container.enforce(State.ON);
        assertEquals(2, container.inFlight().total());
        assertEquals(1, container.inFlight().blocking());
        container.interceptor.ends(ambiguous);
        assertEquals(0, container.inFlight().blocking());
        container.interceptor.ends(free);
    }

    @Test
    void countsAsynchronousOnesUntilTheirCompletion() throws Exception {
        container.dispatch("REQUEST");
        FakeAsyncContext context = new FakeAsyncContext();
        long begun = container.enter("jakarta");
        container.interceptor.startsAsync(context, begun);
        container.interceptor.startsAsync(context, begun); // the facade, and what is behind it
        container.interceptor.ends(begun);
        assertEquals(1, container.inFlight().async());
        context.startAgain();
        context.complete();
        assertEquals(0, container.inFlight().total());
        context.complete();
        assertEquals(0, container.inFlight().total());
    }

    /** Undertow tells the completion while the thread of the dispatch is at it, and from whichever thread. */
    @ParameterizedTest
    @ValueSource(strings = {"ASYNC", "ERROR"})
    void countsADispatchThatIsLongerThanItsAsynchronousPart(String type) throws Exception {
        container.dispatch("REQUEST");
        HttpServletRequest request = (HttpServletRequest) container.fake("jakarta.servlet.http.HttpServletRequest");
        FakeAsyncContext context = new FakeAsyncContext(new HttpServletRequestWrapper(request));
        long begun = container.enter(request);
        container.interceptor.startsAsync(context, begun);
        container.interceptor.ends(begun);
        container.dispatch(type);
        long dispatched = container.enter(new HttpServletRequestWrapper(new HttpServletRequestWrapper(request)));
        assertEquals(1, container.inFlight().async());
        assertEquals(1, container.inFlight().total());
        context.startAgain();
        container.interceptor.startsAsync(context, dispatched);
        assertEquals(1, container.inFlight().total());
        Thread completing = new Thread(context::complete);
        completing.start();
        completing.join();
        assertEquals(1, container.inFlight().sync());
        container.interceptor.ends(dispatched);
        assertEquals(0, container.inFlight().total());
    }

    /** As by Undertow, where a listener has asked for it when there was an error. */
    @Test
    void countsADispatchOfWhatIsCompleted() throws Exception {
        container.dispatch("REQUEST");
        HttpServletRequest request = (HttpServletRequest) container.fake("jakarta.servlet.http.HttpServletRequest");
        FakeAsyncContext context = new FakeAsyncContext(request);
        long begun = container.enter(request);
        container.interceptor.startsAsync(context, begun);
        container.interceptor.ends(begun);
        context.complete();
        assertEquals(0, container.inFlight().total());
        container.dispatch("ASYNC");
        long dispatched = container.enter(request);
        assertEquals(1, container.inFlight().sync());
        container.interceptor.ends(dispatched);
        assertEquals(0, container.inFlight().total());
    }

    /** Undertow completes before the entry returns. */
    @Test
    void countsAnEntryThatIsLongerThanItsAsynchronousPart() throws Exception {
        container.dispatch("REQUEST");
        FakeAsyncContext context = new FakeAsyncContext();
        long begun = container.enter("jakarta");
        container.interceptor.startsAsync(context, begun);
        context.complete();
        assertEquals(1, container.inFlight().sync());
        container.interceptor.ends(begun);
        assertEquals(0, container.inFlight().total());
    }

    /** The container has dropped it without a word. */
    @Test
    void forgetsAsynchronousOnesThatNobodyCanComplete() throws Exception {
        container.dispatch("REQUEST");
        FakeAsyncContext context = new FakeAsyncContext();
        long begun = container.enter("jakarta");
        container.interceptor.startsAsync(context, begun);
        container.interceptor.ends(begun);
        System.gc();
        assertEquals(1, container.inFlight().async());
        Reference.reachabilityFence(context);
        context = null;
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (container.inFlight().async() > 0) {
                System.gc();
            }
        });
    }

    /** It was to be refused, and runs. */
    @Test
    void countsWhatCouldNotBeAnswered() throws Exception {
        container.dispatch("REQUEST");
        container.enforce(State.ON);
        container.answers.put("setStatus", new IllegalStateException());
        container.answers.put("reset", new IllegalStateException());
        long letIn = container.enter("jakarta");
        assertEquals(1, container.inFlight().blocking());
        container.interceptor.ends(letIn);
        assertEquals(0, container.inFlight().total());
    }

    @Test
    void countsAsFinishedWhatItCannotListenTo() throws Exception {
        container.dispatch("REQUEST");
        long begun = container.enter("jakarta");
        container.interceptor.startsAsync("no context", begun);
        container.interceptor.ends(begun);
        assertEquals(0, container.inFlight().total());
        assertEquals(1, container.errors.count());
    }

    @Test
    void letsRequestsInThatAreNotHttp() throws Exception {
        container.enforce(State.ON);
        Object request = container.fake("jakarta.servlet.ServletRequest");
        Object response = container.fake("jakarta.servlet.ServletResponse");
        assertEquals(MaintenanceHook.NOTHING, container.interceptor.servletBegins(request, response));
        assertEquals(0, container.errors.count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUEST", "FORWARD"})
    void letsPassWhatGoesOnOnAnotherThread(String dispatcher) throws Exception {
        container.dispatch(dispatcher);
        container.answers.put("isAsyncStarted", true);
        container.enforce(State.ON);
        assertFalse(container.refuses("jakarta"));
    }

    @ParameterizedTest
    @CsvSource({"REQUEST,true", "FORWARD,true", "INCLUDE,false", "ERROR,true", "ASYNC,false"})
    void decidesBeginningsOnly(String dispatcher, boolean refused) throws Exception {
        container.dispatch(dispatcher);
        container.enforce(State.ON);
        Thread.sleep(50); // error pages pass for a moment, since what they belong to may have been let in before
        assertEquals(refused, container.refuses("jakarta"));
    }

    @Test
    void errorPage_ofARequestThatWasLetIn_passes() throws Exception {
        container.dispatch("REQUEST");
        long before = container.enter("jakarta");
        container.enforce(State.ON);
        Thread.sleep(50);
        container.interceptor.ends(before);
        container.dispatch("ERROR");
        assertFalse(container.refuses("jakarta"));
        assertTrue(container.refuses("jakarta"), "of a later request");
    }

    @Test
    void errorPage_isDecidedAsTheRequestWasSent() throws Exception {
        container.enforce(State.ON);
        container.apply(FakeContainer.policy("{'exempt': {'paths': ['/shop/WEB-INF/**']}}"));
        Thread.sleep(50);
        container.dispatch("ERROR");
        container.answers.put("getRequestURI", "/shop/error");
        container.answers.put("attribute jakarta.servlet.error.request_uri", "/shop/WEB-INF/x");
        assertFalse(container.refuses("jakarta"));
        container.dispatch("REQUEST");
        container.answers.put("getRequestURI", "/shop/x");
        assertTrue(container.refuses("jakarta"));
        container.dispatch("ERROR");
        container.answers.put("attribute jakarta.servlet.error.request_uri", "/shop/x");
        assertTrue(container.refuses("jakarta"), "after a request that was refused");
    }
}
