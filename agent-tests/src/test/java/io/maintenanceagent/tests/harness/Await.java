package io.maintenanceagent.tests.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for something that another process does. Polls every few milliseconds. */
public final class Await {

    private static final long POLL_NANOS = 3_000_000;

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param state asked for what to say when the time is up
     * @throws AssertionError if it does not hold in time
     */
    public static void until(Duration limit, Supplier<String> state, BooleanSupplier condition) {
        if (!within(limit, condition)) {
            throw new AssertionError("Not within " + limit + ": " + state.get());
        }
    }

    /** Whether the condition comes to hold in time. */
    public static boolean within(Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /**
     * Watches that the condition keeps holding all the time.
     *
     * @throws AssertionError at once when it does not
     */
    public static void holds(Duration time, Supplier<String> state, BooleanSupplier condition) {
        if (within(time, () -> !condition.getAsBoolean())) {
            throw new AssertionError("Did not last " + time + ": " + state.get());
        }
    }
}
