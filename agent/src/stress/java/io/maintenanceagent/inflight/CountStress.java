package io.maintenanceagent.inflight;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Requests are counted while one ends: it was in flight or it was not, and in the end it is not. */
@JCStressTest
@Outcome(
        id = {"0, 0", "1, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "before its end, or after")
@Outcome(expect = Expect.FORBIDDEN, desc = "counted twice, or for ever")
@State
public class CountStress {

    private final Requests all = new Requests();
    private final InFlightRequest request = all.begun();

    @Actor
    public void thread() {
        all.requests.leave(request);
    }

    @Actor
    public void counter(II_Result result) {
        result.r1 = all.inFlight();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r2 = all.inFlight() + all.unfreed(request);
    }
}
