package io.maintenanceagent.store.redis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeyHistoryTest {

    private static final long FOR_EVER = -1;

    /** Near the clock's overflow; its origin is arbitrary. */
    private static final long NOW = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

    private final KeyHistory history = new KeyHistory();

    @Test
    void isLost_neverPresent_false() {
        assertFalse(history.isLost("a", NOW));
        assertFalse(history.isLost("b", NOW));
    }

    @Test
    void isLost_absentInTheSameRun_false() {
        history.present("a", FOR_EVER, NOW);
        assertFalse(history.isLost("a", NOW));
        assertFalse(history.isLost("b", NOW), "it was removed before");
    }

    @Test
    void isLost_absentInAnotherRun_trueUntilItIsWritten() {
        history.present("a", FOR_EVER, NOW);
        assertTrue(history.isLost("b", NOW));
        assertTrue(history.isLost("b", NOW));
        assertTrue(history.isLost("c", NOW));
        history.present("c", FOR_EVER, NOW);
        assertFalse(history.isLost("c", NOW));
        assertFalse(history.isLost("a", NOW));
    }

    @Test
    void isLost_backOnTheFirstServer_false() {
        history.present("a", FOR_EVER, NOW);
        assertTrue(history.isLost("b", NOW));
        assertFalse(history.isLost("a", NOW));
        assertFalse(history.isLost("b", NOW));
    }

    @Test
    void isLost_expired_false() {
        history.present("a", 2_000, NOW);
        assertTrue(history.isLost("b", NOW + TimeUnit.MILLISECONDS.toNanos(1_999)));
        assertFalse(history.isLost("b", NOW + TimeUnit.MILLISECONDS.toNanos(2_000)));
    }

    @Test
    void isLost_unknownRunId_false() {
        history.present(null, FOR_EVER, NOW);
        assertFalse(history.isLost("a", NOW));
        history.present("a", FOR_EVER, NOW);
        assertFalse(history.isLost(null, NOW));
    }
}
