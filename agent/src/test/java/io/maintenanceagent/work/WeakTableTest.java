package io.maintenanceagent.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is known of objects, by identity. */
class WeakTableTest {

    private final WeakTable<Known> table = new WeakTable<>();

    private static final class Known extends WeakTable.Entry {
        final int number;

        Known(Object object, int number) {
            super(object);
            this.number = number;
        }
    }

    private Known put(Object object, int number) {
        return table.putIfAbsent(object, new Known(object, number));
    }

    @Test
    void manyObjects_areFound_byIdentity() {
        List<Object> objects = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Object object = new Equal();
            objects.add(object);
            put(object, i);
        }
        for (int i = 0; i < objects.size(); i++) {
            assertEquals(i, table.get(objects.get(i)).number);
        }
        assertNull(table.get(new Equal()));
        assertEquals(objects.size(), table.entries().size());
    }

    @Test
    void theFirstEntry_stays() {
        Object object = new Object();
        Known first = put(object, 1);
        assertSame(first, put(object, 2));
    }

    @Test
    void removed_isGone_andTheOthersAreFound() {
        List<Object> objects = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            Object object = new Object();
            objects.add(object);
            put(object, i);
            if (i % 3 == 0) {
                table.remove(object);
            }
        }
        table.remove(new Object());
        for (int i = 0; i < objects.size(); i++) {
            Known known = table.get(objects.get(i));
            assertEquals(i % 3 == 0, known == null);
        }
        assertEquals(1, put(objects.get(0), 1).number, "may come again");
    }

    @Test
    void collectedObjects_takeNoPlace() {
        Object kept = new Object();
        put(kept, -1);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 20_000; i++) {
                put(new Object(), i);
            }
            System.gc();
        }
        put(new Object(), 0);
        assertTrue(table.entries().size() < 200_000, "of 400,000");
        assertEquals(-1, table.get(kept).number);
    }

    @Test
    void readers_findWhatIsThere_whileOthersWrite() throws Exception {
        List<Object> objects = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Object object = new Object();
            objects.add(object);
            put(object, i);
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch done = new CountDownLatch(1);
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; i < 200_000; i++) {
                    Object object = new Object();
                    put(object, i);
                    table.remove(object);
                }
                done.countDown();
            });
            while (done.getCount() > 0) {
                for (int i = 0; i < objects.size(); i++) {
                    assertEquals(i, table.get(objects.get(i)).number);
                }
            }
            writer.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class Equal {
        @Override
        public boolean equals(Object other) {
            return other instanceof Equal;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
