package io.maintenanceagent.tests.soak;

import java.util.Arrays;
import java.util.List;

/** Durations of which some percentiles are wanted. Safe for any thread. */
final class Latencies {

    private long[] nanos = new long[1024];
    private int count;

    synchronized void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    /** The median, the 99th percentile and the longest, in milliseconds; none if there are no durations. */
    synchronized List<Double> percentiles() {
        if (count == 0) {
            return List.of();
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return List.of(sorted[count / 2] / 1e6, sorted[(int) (count * 0.99)] / 1e6, sorted[count - 1] / 1e6);
    }
}
