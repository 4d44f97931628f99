package io.maintenanceagent.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReleasePaceTest {

    private static final long BEGAN = 17;

    private static long lastOf(int waiting) {
        ReleasePace pace = new ReleasePace(waiting, BEGAN);
        for (int i = 1; i < waiting; i++) {
            pace.released();
        }
        return pace.untilNext(BEGAN);
    }

    @Test
    void untilNext_few_areAMillisecondApart() {
        assertEquals(0, lastOf(1));
        assertEquals(TimeUnit.MILLISECONDS.toNanos(99), lastOf(100));
    }

    @Test
    void untilNext_many_areThroughAfterASecond() {
        assertTrue(lastOf(10_000) < TimeUnit.SECONDS.toNanos(1));
        assertTrue(lastOf(10_000) > TimeUnit.MILLISECONDS.toNanos(900));
    }

    @Test
    void untilNext_late_isAtOnce() {
        ReleasePace pace = new ReleasePace(100, BEGAN);
        pace.released();
        assertTrue(pace.untilNext(BEGAN + TimeUnit.MILLISECONDS.toNanos(2)) < 0);
    }
}
