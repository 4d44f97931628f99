package io.maintenanceagent.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds those of many {@link PathPattern path patterns} that match a path, without trying them all: a tree of segments,
 * walked once along the path. Only regular expressions are tried one by one.
 *
 * <p>The walk keeps all places of the tree that it may be at, instead of going back, so its time grows with the length
 * of the path and no faster, whatever a client sends.
 *
 * <p>Filled by one thread, then read by any.
 *
 * @param <T> what is found
 */
public final class PathIndex<T> {

    private final Node<T> root = new Node<T>(false);
    private final List<PathPattern> regexes = new ArrayList<PathPattern>();
    private final List<T> regexValues = new ArrayList<T>();
    private final boolean ifUnknown;
    private boolean empty = true;

    /** @param ifUnknown whether a pattern counts as matching a path if its match exceeds the limit */
    public PathIndex(boolean ifUnknown) {
        this.ifUnknown = ifUnknown;
    }

    /**
     * @param pattern a pattern
     * @param value what is found by it
     */
    public void add(PathPattern pattern, T value) {
        empty = false;
        if (pattern.segments() == null) {
            regexes.add(pattern);
            regexValues.add(value);
            return;
        }
        Node<T> at = root;
        for (String segment : pattern.segments()) {
            at = at.next(segment);
        }
        at.values.add(value);
    }

    /**
     * Returns the first value found that is wanted, or {@code null} if there is none.
     *
     * @param path a whole path, beginning with a slash
     * @param wanted asked for each value whose pattern matches, until it returns {@code true}
     * @param listener is told where a match exceeds its limit
     */
    public T find(String path, Predicate<? super T> wanted, MatchListener listener) {
        if (empty) {
            return null;
        }
        T found = findInTree(path, wanted);
        for (int i = 0; i < regexes.size() && found == null; i++) {
            if (regexes.get(i).matches(path, ifUnknown, listener) && wanted.test(regexValues.get(i))) {
                found = regexValues.get(i);
            }
        }
        return found;
    }

    private T findInTree(String path, Predicate<? super T> wanted) {
        List<Node<T>> here = new ArrayList<Node<T>>(4);
        List<Node<T>> next = new ArrayList<Node<T>>(4);
        enter(root, here);
        for (int begin = 1; begin >= 0 && !here.isEmpty(); ) {
            int slash = path.indexOf('/', begin);
            String segment = path.substring(Math.min(begin, path.length()), slash < 0 ? path.length() : slash);
            for (int i = 0; i < here.size(); i++) {
                here.get(i).step(segment, next);
            }
            List<Node<T>> left = here;
            here = next;
            next = left;
            next.clear();
            begin = slash < 0 ? -1 : slash + 1;
        }
        T found = null;
        for (int i = 0; i < here.size() && found == null; i++) {
            found = GlobIndex.first(here.get(i).values, wanted);
        }
        return found;
    }

    /** Enters a node, and thereby the node behind a {@code **} that takes no segment. */
    private static <T> void enter(Node<T> node, List<Node<T>> places) {
        // Each node has one way in; only one that also stays where it is can be met twice.
        if (!node.stays || !places.contains(node)) {
            places.add(node);
            if (node.anySegments != null) {
                enter(node.anySegments, places);
            }
        }
    }

    private static final class Node<T> {
        /** Whether this is behind a {@code **}, which takes any segment more. */
        final boolean stays;

        final List<T> values = new ArrayList<T>(1);
        final Map<String, Node<T>> literals = new HashMap<String, Node<T>>();
        final Map<String, Node<T>> byGlob = new HashMap<String, Node<T>>();
        GlobIndex<Node<T>> globs;
        Node<T> anySegments;

        Node(boolean stays) {
            this.stays = stays;
        }

        Node<T> next(String segment) {
            if (segment.equals(PathPattern.ANY_SEGMENTS)) {
                if (anySegments == null) {
                    anySegments = new Node<T>(true);
                }
                return anySegments;
            }
            boolean literal = segment.indexOf('*') < 0;
            Map<String, Node<T>> children = literal ? literals : byGlob;
            Node<T> child = children.get(segment);
            if (child == null) {
                child = new Node<T>(false);
                children.put(segment, child);
                if (!literal) {
                    globs = globs == null ? new GlobIndex<Node<T>>() : globs;
                    globs.add(segment, child);
                }
            }
            return child;
        }

        void step(String segment, List<Node<T>> places) {
            if (stays) {
                enter(this, places);
            }
            Node<T> child = literals.get(segment);
            if (child != null) {
                enter(child, places);
            }
            if (globs != null) {
                globs.find(segment, new Enter<T>(places));
            }
        }
    }

    /** Enters every node that is found. */
    private static final class Enter<T> implements Predicate<Node<T>> {
        private final List<Node<T>> places;

        Enter(List<Node<T>> places) {
            this.places = places;
        }

        @Override
        public boolean test(Node<T> node) {
            enter(node, places);
            return false;
        }
    }
}
