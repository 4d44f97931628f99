package io.maintenanceagent.inflight;

import java.util.concurrent.atomic.LongAdder;

/** Counts of passed, exempt, admitted, refused and held requests since the agent started. Safe for any thread. */
public final class RequestCounts {

    private final InFlightRequests inFlight;
    private final LongAdder exempt = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder admitted = new LongAdder();
    private final LongAdder held = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private volatile int serverThreads;
    private boolean toServlets; // both are set once; whoever reads an old value sets it again
    private boolean toOthers;

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

    /** Counts a request whose client is in the share that is let in. */
    public void admitted() {
        admitted.increment();
    }

    /** Counts a request that begins to wait for the end of maintenance. */
    public void heldBegins() {
        held.increment();
    }

    /** Counts one that waits no longer. */
    public void heldEnds() {
        ended.increment();
    }

    /**
     * Records how many threads a server has; of several, the smallest number counts.
     *
     * @param threads the number, or 0 if it is not known
     */
    public void serverThreads(int threads) {
        int known = serverThreads;
        if (threads > 0 && (known == 0 || threads < known)) {
            serverThreads = threads;
        }
    }

    /** Records that a request has come to a servlet container. */
    public void toServlets() {
        if (!toServlets) {
            toServlets = true;
        }
    }

    /** Records that a request has come to a server that has no servlets. */
    public void toOthers() {
        if (!toOthers) {
            toOthers = true;
        }
    }

    /** Returns whether requests come to servlets; {@code null} as long as none has come. */
    public Boolean hasServlets() {
        return toServlets ? Boolean.TRUE : toOthers ? Boolean.FALSE : null;
    }

    /** Returns how many there were. */
    public long total() {
        return passedCount() + exemptCount() + refusedCount() + admittedCount() + heldCount();
    }

    /** Returns how many were let in because their client is in the share that the state lets in. */
    public long admittedCount() {
        return admitted.sum();
    }

    /** Returns how many have waited for the end of maintenance; whatever became of them then is counted as well. */
    public long heldCount() {
        return held.sum();
    }

    /** Returns how many wait now. */
    public long waiting() {
        long over = ended.sum();
        return Math.max(0, held.sum() - over);
    }

    /**
     * Returns how many threads the server has for requests; 0 until that is known, which it is where one was refused or
     * held.
     */
    public int serverThreads() {
        return serverThreads;
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
