package io.maintenanceagent.store.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void nextMillis_failures_doublesUpToALimit() {
        Backoff backoff = new Backoff();
        for (int round = 0; round < 2; round++) {
            for (long limit : new long[] {250, 500, 1000, 2000, 4000, 5000, 5000, 5000}) {
                long millis = backoff.nextMillis();
                assertTrue(millis >= limit / 2 && millis <= limit, millis + " of " + limit);
            }
            backoff.reset();
        }
    }

    @Test
    void nextMillis_twoClients_differ() {
        Set<Long> times = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            times.add(new Backoff().nextMillis());
        }
        assertTrue(times.size() > 20, times.size() + " times");
        assertEquals(0, times.stream().filter(millis -> millis < 125).count());
    }
}
