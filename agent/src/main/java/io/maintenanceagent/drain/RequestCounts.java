package io.maintenanceagent.drain;

import java.util.concurrent.atomic.LongAdder;

/** What became of the requests since the agent started. Safe for any thread. */
public final class RequestCounts {

    private final LongAdder passed = new LongAdder();
    private final LongAdder exempt = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** A request was let in, and nothing would have refused it. */
    public void passed() {
        passed.increment();
    }

    /** @param exempted whether the request that was let in has a rule or an exemption for it */
    public void letIn(boolean exempted) {
        (exempted ? exempt : passed).increment();
    }

    /** A request was answered by the agent. */
    public void refused() {
        refused.increment();
    }

    /** @return how many were let in, exempt ones not among them */
    public long passedCount() {
        return passed.sum();
    }

    /** @return how many were let in by a rule, an exemption or a bypass while something could be refused */
    public long exemptCount() {
        return exempt.sum();
    }

    /** @return how many were answered by the agent */
    public long refusedCount() {
        return refused.sum();
    }
}
