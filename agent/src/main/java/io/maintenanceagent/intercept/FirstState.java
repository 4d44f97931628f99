package io.maintenanceagent.intercept;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.policy.TemporaryOverride;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What requests wait for at the start: all together a second, not each of them, since a store may never answer. Safe
 * for any thread.
 */
final class FirstState {

    private static final long LIMIT_MILLIS = 1000;

    private final CountDownLatch known = new CountDownLatch(1);
    private final AtomicLong endNanos = new AtomicLong();
    private final boolean refusing;
    private final TemporaryOverride override;
    private final EnforcementSnapshot.ResponsesSource responses;
    private final ErrorReporter errors;
    private volatile EnforcementSnapshot assumed;

    /**
     * @param refusing whether requests that must not wait are refused for so long; they are let in otherwise
     * @param override how code in this JVM asks for maintenance
     * @param responses how they are answered
     * @param errors where faults are reported
     */
    FirstState(
            boolean refusing,
            TemporaryOverride override,
            EnforcementSnapshot.ResponsesSource responses,
            ErrorReporter errors) {
        this.refusing = refusing;
        this.override = override;
        this.responses = responses;
        this.errors = errors;
    }

    /** Ends the wait. */
    void isKnown() {
        known.countDown();
    }

    void await() {
        try {
            known.await(remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether those that must not wait are refused now. */
    boolean refuses() {
        return refusing && known.getCount() > 0 && remainingNanos() > 0;
    }

    /** What these are decided by; made twice at worst. */
    EnforcementSnapshot assumed() {
        if (assumed == null) {
            State on = new State.Builder(true).retryAfter(1).build();
            assumed = new EnforcementSnapshot(
                    EffectiveState.of(null, on, null),
                    "first state",
                    System.currentTimeMillis(),
                    null,
                    false,
                    Collections.<Exemption>emptyList(),
                    override,
                    responses,
                    errors);
        }
        return assumed;
    }

    private long remainingNanos() {
        endNanos.compareAndSet(0, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS) | 1);
        return endNanos.get() - System.nanoTime();
    }
}
