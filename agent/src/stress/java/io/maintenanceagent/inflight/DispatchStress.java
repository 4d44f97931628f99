package io.maintenanceagent.inflight;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A dispatch starts asynchronous processing once more, while another thread tells the completion of what was before: in
 * the end nothing is in flight.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "ended once")
@Outcome(expect = Expect.FORBIDDEN, desc = "in flight for ever, or a place lost")
@State
public class DispatchStress {

    private final Object containerRequest = new Object();
    private final Requests all = new Requests();
    private final InFlightRequest request = all.begun();
    private final AsyncOperation first = all.requests.startAsync(request);
    private InFlightRequest dispatch;

    public DispatchStress() {
        first.isKnownAs(containerRequest);
        all.requests.leave(request);
    }

    @Actor
    public void dispatch() {
        InFlightRequest running = all.requests.goOn(Requests.VIEW, containerRequest);
        AsyncOperation second = all.requests.startAsync(running);
        all.requests.leave(running);
        second.complete();
        dispatch = running;
    }

    @Actor
    public void container() {
        first.complete();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = all.inFlight();
        result.r2 = all.unfreed(request, dispatch);
    }
}
