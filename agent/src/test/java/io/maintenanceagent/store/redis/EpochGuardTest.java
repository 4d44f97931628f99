package io.maintenanceagent.store.redis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EpochGuardTest {

    private static final long NOW = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

    private final EpochGuard epochs = new EpochGuard();

    @Test
    void isNews_lowerEpoch_isNot() {
        assertTrue(epochs.isNews(3, after(0)));
        assertTrue(epochs.isNews(3, after(1)));
        assertFalse(epochs.isNews(2, after(100)), "however long it was quiet before");
        assertTrue(epochs.isNews(4, after(101)));
        assertFalse(epochs.isNews(3, after(131)));
    }

    @Test
    void isNews_onlyLowerEpochsForLong_beginsAnew() {
        assertTrue(epochs.isNews(9, after(0)));
        assertFalse(epochs.isNews(1, after(10)));
        assertTrue(epochs.isNews(9, after(20)), "the one that has missed something is heard of no more");
        assertFalse(epochs.isNews(1, after(30)));
        assertFalse(epochs.isNews(1, after(59)));
        assertTrue(epochs.isNews(1, after(60)));
        assertTrue(epochs.isNews(2, after(61)));
    }

    private static long after(long seconds) {
        return NOW + TimeUnit.SECONDS.toNanos(seconds);
    }
}
