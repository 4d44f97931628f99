package io.maintenanceagent.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds those of many {@link Glob globs} that match a text, without trying them all: literals in a hash table, the
 * others in one for each length of what stands before the first star and behind the last, of which there are few.
 *
 * <p>Filled by one thread, then read by any.
 *
 * @param <T> what is found
 */
public final class GlobIndex<T> {

    private final Map<String, List<T>> literals = new HashMap<String, List<T>>();
    private final List<Shape<T>> shapes = new ArrayList<Shape<T>>();

    /**
     * @param pattern a pattern
     * @param value what is found by it
     */
    public void add(String pattern, T value) {
        int first = pattern.indexOf('*');
        if (first < 0) {
            addTo(literals, pattern, value);
            return;
        }
        int last = pattern.lastIndexOf('*');
        int suffix = pattern.length() - last - 1;
        addTo(shape(first, suffix).patterns, key(pattern, first, suffix), new Entry<T>(pattern, value));
    }

    /**
     * Returns the first value found that is wanted, or {@code null} if there is none.
     *
     * @param text a text
     * @param wanted asked for each value whose pattern matches, until it returns {@code true}
     */
    public T find(String text, Predicate<? super T> wanted) {
        List<T> same = literals.get(text);
        T found = same == null ? null : first(same, wanted);
        for (int i = 0; i < shapes.size() && found == null; i++) {
            found = shapes.get(i).find(text, wanted);
        }
        return found;
    }

    private Shape<T> shape(int prefix, int suffix) {
        for (Shape<T> shape : shapes) {
            if (shape.prefix == prefix && shape.suffix == suffix) {
                return shape;
            }
        }
        Shape<T> shape = new Shape<T>(prefix, suffix);
        shapes.add(shape);
        return shape;
    }

    private static String key(String text, int prefix, int suffix) {
        return text.substring(0, prefix).concat(text.substring(text.length() - suffix));
    }

    static <V> void addTo(Map<String, List<V>> map, String key, V value) {
        List<V> values = map.get(key);
        if (values == null) {
            values = new ArrayList<V>(1);
            map.put(key, values);
        }
        values.add(value);
    }

    static <V> V first(List<V> values, Predicate<? super V> wanted) {
        for (int i = 0; i < values.size(); i++) {
            if (wanted.test(values.get(i))) {
                return values.get(i);
            }
        }
        return null;
    }

    private static final class Shape<T> {
        final int prefix;
        final int suffix;
        final Map<String, List<Entry<T>>> patterns = new HashMap<String, List<Entry<T>>>();

        Shape(int prefix, int suffix) {
            this.prefix = prefix;
            this.suffix = suffix;
        }

        T find(String text, Predicate<? super T> wanted) {
            if (text.length() < prefix + suffix) {
                return null;
            }
            List<Entry<T>> candidates = patterns.get(key(text, prefix, suffix));
            if (candidates != null) {
                for (Entry<T> candidate : candidates) {
                    if (Glob.matches(candidate.pattern, text) && wanted.test(candidate.value)) {
                        return candidate.value;
                    }
                }
            }
            return null;
        }
    }

    private static final class Entry<T> {
        final String pattern;
        final T value;

        Entry(String pattern, T value) {
            this.pattern = pattern;
            this.value = value;
        }
    }
}
