package io.maintenanceagent.inflight;

import java.util.concurrent.atomic.LongAdder;

/** Counts of passed, exempt and refused requests since the agent started. Safe for any thread. */
public final class RequestCounts {

    private final InFlightRequests inFlight;
    private final LongAdder exempt = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** @param inFlight knows how many have passed */
    public RequestCounts(InFlightRequests inFlight) {
        this.inFlight = inFlight;
    }

    /** Counts a request that a rule, an exemption or a bypass let in. */
    public void exempt() {
        exempt.increment();
    }

    /** Counts a request that was refused. */
    public void refused() {
        refused.increment();
    }

    /** Returns how many there were. */
    public long total() {
        return passedCount() + exemptCount() + refusedCount();
    }

    /** Returns how many were let in, exempt ones not among them. */
    public long passedCount() {
        return inFlight.passed();
    }

    /** Returns how many were let in by a rule, an exemption or a bypass while something could be refused. */
    public long exemptCount() {
        return exempt.sum();
    }

    /** Returns how many were refused. */
    public long refusedCount() {
        return refused.sum();
    }
}
