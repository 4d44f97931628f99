package io.maintenanceagent.inflight;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A request's thread leaves it while its completion is told: in the end it is not in flight, and its place is free. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "ended once")
@Outcome(expect = Expect.FORBIDDEN, desc = "in flight for ever, or a place lost")
@State
public class LeaveAndCompleteStress {

    private final Requests all = new Requests();
    private final InFlightRequest request = all.begun();
    private final AsyncOperation operation = all.requests.startAsync(request);

    @Actor
    public void thread() {
        all.requests.leave(request);
    }

    @Actor
    public void container() {
        operation.complete();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = all.inFlight();
        result.r2 = all.unfreed(request);
    }
}
