package io.maintenanceagent.inflight;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A dispatch runs and is completed before the thread of the request has left it. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "ended once")
@Outcome(expect = Expect.FORBIDDEN, desc = "in flight for ever, or a place lost")
@State
public class DispatchAndLeaveStress {

    private final Object containerRequest = new Object();
    private final Requests all = new Requests();
    private final InFlightRequest request = all.begun();
    private final AsyncOperation operation = all.requests.startAsync(request);
    private InFlightRequest dispatch;

    public DispatchAndLeaveStress() {
        operation.isKnownAs(containerRequest);
    }

    @Actor
    public void thread() {
        all.requests.leave(request);
    }

    @Actor
    public void dispatch() {
        InFlightRequest running = all.requests.goOn(Requests.VIEW, containerRequest);
        all.requests.leave(running);
        operation.complete();
        dispatch = running;
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = all.inFlight();
        result.r2 = all.unfreed(request, dispatch);
    }
}
