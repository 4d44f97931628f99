package io.maintenanceagent.match;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern over the whole path that a container routes by.
 *
 * <p>{@code *} stands for any characters within a segment, {@code **} as a segment of its own for any number of
 * segments, none included; all else is literal and case counts. {@code regex:} in front makes the rest a regular
 * expression that has to match the whole path. Safe for any thread.
 *
 * <p>How long an expression takes on a path may grow with its length in any way ({@code (a+)+}), and so may the stack
 * that it takes ({@code (a|b)*}); and a client chooses the path. So a match ends after {@link #MAX_STEPS}, or when the
 * stack is full, and the caller says whether the pattern then counts as matching.
 */
public final class PathPattern {

    private static final String REGEX = "regex:";
    static final String ANY_SEGMENTS = "**";

    /** How often an expression may look at a character of a path: takes a millisecond or two. */
    static final int MAX_STEPS = 100_000;

    private final String source;
    private final Pattern regex;
    private final String[] segments;

    private PathPattern(String source, Pattern regex, String[] segments) {
        this.source = source;
        this.regex = regex;
        this.segments = segments;
    }

    /**
     * Returns the pattern.
     *
     * @param source the pattern's text
     * @throws IllegalArgumentException if it is none; the message quotes it and says what is allowed
     */
    public static PathPattern parse(String source) {
        if (source.startsWith(REGEX)) {
            try {
                return new PathPattern(source, Pattern.compile(source.substring(REGEX.length())), null);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("\"" + source + "\" is not a regular expression: "
                        + e.getDescription() + " near index " + e.getIndex());
            }
        }
        if (!source.startsWith("/")) {
            throw new IllegalArgumentException(
                    "\"" + source + "\" is not a path pattern; it begins with / or with " + REGEX);
        }
        String[] segments = split(source);
        for (String segment : segments) {
            if (segment.contains(ANY_SEGMENTS) && !segment.equals(ANY_SEGMENTS)) {
                throw new IllegalArgumentException(
                        "\"" + source + "\" is not a path pattern; ** stands alone between slashes");
            }
        }
        return new PathPattern(source, null, segments);
    }

    /**
     * Returns whether the pattern matches all of it.
     *
     * @param path a whole path, beginning with a slash
     * @param ifUnknown what to return if that cannot be found out
     */
    public boolean matches(String path, boolean ifUnknown) {
        return matches(path, ifUnknown, MatchListener.NONE);
    }

    /**
     * Returns whether the pattern matches all of it.
     *
     * @param path a whole path, beginning with a slash
     * @param ifUnknown what to return if that cannot be found out
     * @param listener is told then
     */
    public boolean matches(String path, boolean ifUnknown, MatchListener listener) {
        if (regex == null) {
            return matches(split(path));
        }
        try {
            return regex.matcher(new BoundedCharSequence(path)).matches();
        } catch (StackOverflowError | BoundedCharSequence.TooMany e) {
            listener.exceeded(this);
            return ifUnknown;
        }
    }

    /** Wildcard matching over segments: on a mismatch only the last {@code **} can take one segment more. */
    private boolean matches(String[] path) {
        int p = 0;
        int s = 0;
        int lastAny = -1;
        int resume = 0;
        while (s < path.length) {
            if (p < segments.length && segments[p].equals(ANY_SEGMENTS)) {
                lastAny = p++;
                resume = s;
            } else if (p < segments.length && Glob.matches(segments[p], path[s])) {
                p++;
                s++;
            } else if (lastAny >= 0) {
                p = lastAny + 1;
                s = ++resume;
            } else {
                return false;
            }
        }
        while (p < segments.length && segments[p].equals(ANY_SEGMENTS)) {
            p++;
        }
        return p == segments.length;
    }

    /** Its segments, or {@code null} if it is a regular expression. */
    String[] segments() {
        return segments;
    }

    /** What stands between slashes, empty segments included: {@code /a/} is "a" and "". */
    private static String[] split(String path) {
        List<String> parts = new ArrayList<String>();
        int begin = 1;
        for (int slash = path.indexOf('/', begin); slash >= 0; slash = path.indexOf('/', begin)) {
            parts.add(path.substring(begin, slash));
            begin = slash + 1;
        }
        parts.add(path.length() < begin ? "" : path.substring(begin));
        return parts.toArray(new String[0]);
    }

    /** Returns the pattern's text, as it was given. */
    @Override
    public String toString() {
        return source;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern && ((PathPattern) other).source.equals(source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }
}
