package io.maintenanceagent.inflight;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The same where the container tells that the operation goes on: its completion, on another thread, ends what the
 * dispatch has started, whenever it comes.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "ended once")
@Outcome(expect = Expect.FORBIDDEN, desc = "in flight for ever, or a place lost")
@State
public class DispatchAgainStress {

    private final Object containerRequest = new Object();
    private final Requests all = new Requests();
    private final InFlightRequest request = all.begun();
    private final AsyncOperation operation = all.requests.startAsync(request);
    private volatile boolean started;
    private InFlightRequest dispatch;

    public DispatchAgainStress() {
        operation.isKnownAs(containerRequest);
        all.requests.leave(request);
    }

    @Actor
    public void dispatch() {
        InFlightRequest running = all.requests.goOn(Requests.VIEW, containerRequest);
        operation.startsAgain();
        started = true; // from here on the application may complete it
        AsyncOperation second = all.requests.startAsync(running);
        all.requests.leave(running);
        if (second != null) {
            throw new AssertionError("the operation goes on");
        }
        dispatch = running;
    }

    @Actor
    public void application() {
        while (!started) {
            Thread.onSpinWait();
        }
        operation.complete();
    }

    @Arbiter
    public void end(II_Result result) {
        result.r1 = all.inFlight();
        result.r2 = all.unfreed(request, dispatch);
    }
}
