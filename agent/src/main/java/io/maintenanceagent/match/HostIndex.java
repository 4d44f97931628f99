package io.maintenanceagent.match;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds those of many {@link HostPattern host patterns} that match a host, without trying them all. Filled by one
 * thread, then read by any.
 *
 * @param <T> what is found
 */
public final class HostIndex<T> {

    private final Map<String, List<T>> exact = new HashMap<String, List<T>>();
    private final Map<String, List<T>> below = new HashMap<String, List<T>>();

    /**
     * @param pattern a pattern
     * @param value what is found by it
     */
    public void add(HostPattern pattern, T value) {
        GlobIndex.addTo(pattern.isBelow() ? below : exact, pattern.host(), value);
    }

    /**
     * Returns the first value found that is wanted, or {@code null} if there is none.
     *
     * @param host the host that a client asked for, without port
     * @param wanted asked for each value whose pattern matches, until it returns {@code true}
     */
    public T find(String host, Predicate<? super T> wanted) {
        String name = HostName.normal(host);
        T found = first(exact.get(name), wanted);
        if (!below.isEmpty()) {
            for (int dot = name.indexOf('.', 1); dot > 0 && found == null; dot = name.indexOf('.', dot + 1)) {
                found = first(below.get(name.substring(dot)), wanted);
            }
        }
        return found;
    }

    private static <T> T first(List<T> values, Predicate<? super T> wanted) {
        return values == null ? null : GlobIndex.first(values, wanted);
    }
}
