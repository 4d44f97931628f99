package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TemporaryOverrideTest {

    private final AtomicInteger changes = new AtomicInteger();
    private final TemporaryOverride override = new TemporaryOverride(changes::incrementAndGet);

    @Test
    void on_nested_newestMessage() {
        assertNull(override.newest());
        try (TemporaryOverride.Handle outer = override.on("outer")) {
            try (TemporaryOverride.Handle inner = override.on(null)) {
                assertEquals(inner, override.newest());
            }
            assertEquals(outer, override.newest());
            assertEquals("outer", override.newest().message());
        }
        assertNull(override.newest());
        assertEquals(4, changes.get());
    }

    @Test
    void close_anyOrder_endsEachOnce() {
        TemporaryOverride.Handle first = override.on("first");
        TemporaryOverride.Handle second = override.on("second");
        first.close();
        first.close();
        assertEquals(second, override.newest());
        second.close();
        assertNull(override.newest());
        assertEquals(4, changes.get());
    }

    @Test
    void end_openHandles_closesAll() {
        TemporaryOverride.Handle first = override.on("first");
        override.on("second");
        assertEquals(true, override.end());
        assertNull(override.newest());
        assertEquals(false, override.end());
        first.close();
        assertEquals(3, changes.get());
        TemporaryOverride.Handle third = override.on("third");
        assertEquals(third, override.newest());
    }

    @Test
    void close_manyThreads_isOffAtTheEnd() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(threads.submit(() -> {
                for (int n = 0; n < 2000; n++) {
                    TemporaryOverride.Handle one = override.on("one");
                    TemporaryOverride.Handle two = override.on("two");
                    assertEquals(false, override.newest() == null);
                    (ThreadLocalRandom.current().nextBoolean() ? one : two).close();
                    assertEquals(false, override.newest() == null);
                    one.close();
                    two.close();
                }
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        assertNull(override.newest());
    }
}
