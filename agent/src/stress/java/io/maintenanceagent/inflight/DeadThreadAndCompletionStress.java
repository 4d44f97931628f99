package io.maintenanceagent.inflight;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A thread finds that the thread of a request is dead, and its completion is told: one ends it. */
@JCStressTest
@Outcome(
        id = {"1, 0", "0, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "ended by one of them")
@Outcome(expect = Expect.FORBIDDEN, desc = "ended twice or never: its place is given away, or lost")
@State
public class DeadThreadAndCompletionStress {

    private final InFlightRequest request = new InFlightRequest(Requests.VIEW, Thread.currentThread(), 0);

    public DeadThreadAndCompletionStress() {
        request.hold();
    }

    @Actor
    public void counter(II_Result result) {
        result.r1 = request.leaveShared() ? 1 : 0;
    }

    @Actor
    public void container(II_Result result) {
        result.r2 = request.release() ? 1 : 0;
    }
}
