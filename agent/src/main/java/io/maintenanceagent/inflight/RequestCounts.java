package io.maintenanceagent.inflight;

import java.util.concurrent.atomic.LongAdder;

/** What became of the requests since the agent started. Safe for any thread. */
public final class RequestCounts {

    private final InFlightRequests running;
    private final LongAdder exempt = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** @param running knows how many have passed */
    public RequestCounts(InFlightRequests running) {
        this.running = running;
    }

    /** A request was let in that has a rule, an exemption or a bypass for it. */
    public void exempt() {
        exempt.increment();
    }

    /** A request was answered by the agent. */
    public void refused() {
        refused.increment();
    }

    /** Returns how many there were. */
    public long total() {
        return passedCount() + exemptCount() + refusedCount();
    }

    /** Returns how many were let in, exempt ones not among them. */
    public long passedCount() {
        return running.passed();
    }

    /** Returns how many were let in by a rule, an exemption or a bypass while something could be refused. */
    public long exemptCount() {
        return exempt.sum();
    }

    /** Returns how many were answered by the agent. */
    public long refusedCount() {
        return refused.sum();
    }
}
