package io.maintenanceagent.work.jdbc;

import io.maintenanceagent.work.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who has written in maintenance: a hundred callers at the most, and the sum of all others. No text of a statement and
 * no value is in it. Safe for any thread.
 */
final class Writers {

    /** Callers that are told apart. */
    static final int MAX = 100;

    /** What the others are called. */
    static final String OTHERS = "others";

    private static final int LONGEST_THREAD = 100;

    private final ConcurrentMap<String, Counted> callers = new ConcurrentHashMap<String, Counted>();

    /**
     * Counts a write.
     *
     * @param caller class and method
     * @param thread the name of the thread
     * @param epochMillis now, in milliseconds since 1970
     */
    void add(String caller, String thread, long epochMillis) {
        Counted counted = callers.get(caller);
        if (counted == null) {
            // Two threads may pass here at once: a few more than the maximum do no harm.
            String name = callers.size() < MAX ? caller : OTHERS;
            Counted fresh = new Counted();
            counted = callers.putIfAbsent(name, fresh);
            if (counted == null) {
                counted = fresh;
            }
        }
        counted.thread = thread.length() > LONGEST_THREAD ? thread.substring(0, LONGEST_THREAD) : thread;
        counted.lastMillis = epochMillis;
        counted.count.incrementAndGet();
    }

    /** Returns who has written, who did most first. */
    List<Writer> list() {
        List<Writer> list = new ArrayList<Writer>();
        for (Map.Entry<String, Counted> entry : callers.entrySet()) {
            Counted counted = entry.getValue();
            list.add(new Writer(entry.getKey(), counted.thread, counted.count.get(), counted.lastMillis));
        }
        Collections.sort(list, new MostFirst());
        return list;
    }

    /** Forgets all. */
    void clear() {
        callers.clear();
    }

    private static final class Counted {
        final AtomicLong count = new AtomicLong();
        volatile String thread = "";
        volatile long lastMillis;
    }

    private static final class MostFirst implements Comparator<Writer> {
        @Override
        public int compare(Writer one, Writer other) {
            int byCount = Long.compare(other.count(), one.count());
            return byCount != 0 ? byCount : one.caller().compareTo(other.caller());
        }
    }
}
