package io.maintenanceagent.tests.bench;

import java.util.Arrays;
import java.util.Collection;

/** Order statistics of some measurements, in the unit of the measurements. Immutable. */
final class Statistics {

    private final double[] sorted;

    /** @throws IllegalArgumentException if there is none */
    Statistics(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing measured");
        }
        sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    /** The middle value; the mean of the two middle ones of an even number. */
    double median() {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /**
     * The smallest value that is not exceeded by a share of all (nearest rank).
     *
     * @param percent above 0, at most 100
     */
    double percentile(double percent) {
        return sorted[(int) Math.ceil(percent / 100 * sorted.length) - 1];
    }
}
