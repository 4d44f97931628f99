package io.maintenanceagent.match;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Puts a path into the one form that patterns are matched against: without {@code ;parameters}, dot segments and empty
 * segments. Containers do this before they route, but for what their default servlet resolves by itself (Undertow serves
 * {@code /./a/../b} as {@code /b} and calls it {@code /./a/../b}).
 */
public final class NormalPath {

    private NormalPath() {}

    /**
     * @param path a decoded path
     * @return its normal form, beginning with a slash; the same object if it has it already
     */
    public static String of(String path) {
        return path.startsWith("/") && path.indexOf(';') < 0 && !path.contains("//") && !path.contains("/.")
                ? path
                : rebuilt(path);
    }

    private static String rebuilt(String path) {
        Deque<String> segments = new ArrayDeque<String>();
        boolean directory = true;
        for (String segment : path.split("/", -1)) {
            int parameters = segment.indexOf(';');
            String name = parameters < 0 ? segment : segment.substring(0, parameters);
            directory = name.isEmpty() || name.equals(".") || name.equals("..");
            if (name.equals("..")) {
                segments.pollLast();
            } else if (!directory) {
                segments.addLast(name);
            }
        }
        StringBuilder normal = new StringBuilder(path.length());
        for (Iterator<String> i = segments.iterator(); i.hasNext(); ) {
            normal.append('/').append(i.next());
        }
        return directory ? normal.append('/').toString() : normal.toString();
    }
}
