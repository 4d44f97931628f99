package io.maintenanceagent.inflight;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A completion is told twice, while the request's thread is in it: it still holds the request, whose end is told by its
 * leaving alone.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "ended once")
@Outcome(expect = Expect.FORBIDDEN, desc = "in flight for ever, or a place lost")
@State
public class CompletedTwiceStress {

    private final Requests all = new Requests();
    private final InFlightRequest request = all.begun();
    private final AsyncOperation operation = all.requests.startAsync(request);

    @Actor
    public void container() {
        operation.complete();
    }

    @Actor
    public void containerAgain() {
        operation.complete();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = all.inFlight() - 1; // its thread is in it
        all.requests.leave(request);
        result.r2 = all.inFlight() + all.unfreed(request);
    }
}
