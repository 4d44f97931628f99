package io.maintenanceagent.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells whether a path is ambiguous, so that a server and another party (a framework that routes by the raw URI, a
 * front end) may read it differently, and lists its readings. Stateless; pure.
 */
final class UriAmbiguity {

    /** How many rounds of percent-decoding a reading may take. */
    private static final int ROUNDS = 3;

    private UriAmbiguity() {}

    /**
     * Compares what was sent with what the container made of it. They have to be the same but for percent-encoding,
     * {@code ;parameters} behind the last segment (old applications carry their session there) and a welcome file.
     *
     * @param raw the request URI as it was sent, or {@code null} if the container cannot tell it
     * @param path the path that the container routes by, or {@code null} if it cannot tell it
     * @return why the path is ambiguous, or {@code null} if it is not
     */
    static String of(String raw, String path) {
        if (raw == null || path == null) {
            return "the server cannot tell the path";
        }
        String ambiguity = ambiguity(path);
        if (ambiguity != null) {
            return ambiguity;
        }
        if (raw.equals(path) && raw.indexOf('%') < 0 && raw.indexOf('#') < 0) {
            return null;
        }
        if (raw.indexOf('#') >= 0) {
            return "the request URI has a fragment";
        }
        String decoded = PercentEncoding.decode(withoutLastParameters(raw));
        if (decoded == null) {
            return "the request URI is not percent-encoded UTF-8";
        }
        ambiguity = ambiguity(decoded);
        if (ambiguity != null) {
            return ambiguity;
        }
        if (hasEncodedSlash(raw)) {
            return "the request URI has an encoded slash";
        }
        boolean same = decoded.equals(path) || isDirectoryOf(decoded, path);
        return same ? null : "the request URI is not the path that the container routes by";
    }

    /**
     * Returns the directory that was asked for where the path is its welcome file; else {@code null}.
     *
     * @param raw the request URI as it was sent
     * @param path the path that the container routes by, which is not ambiguous
     */
    static String directory(String raw, String path) {
        if (raw.equals(path)) {
            return null;
        }
        String decoded = PercentEncoding.decode(withoutLastParameters(raw));
        return decoded != null && isDirectoryOf(decoded, path) ? decoded : null;
    }

    private static boolean isDirectoryOf(String directory, String path) {
        return directory.endsWith("/") && path.length() > directory.length() && path.startsWith(directory);
    }

    /**
     * Returns the readings of an ambiguous path: without the parameters of each segment, or cut at the first semicolon
     * or number sign, coded ones included (Open Liberty); decoded once, or for as long as there is something to decode;
     * with empty segments and dot segments kept (Undertow takes {@code /a/../b} to the servlet that is mapped to
     * {@code /a/*}) or resolved, either or both.
     *
     * @param raw the request URI as it was sent
     * @return the paths, each of them once
     */
    static Collection<String> readings(String raw) {
        Set<String> readings = new LinkedHashSet<String>();
        String sent = withoutAuthority(raw);
        String shortest = PercentEncoding.shortest(sent);
        for (char end : new char[] {0, ';', '#'}) {
            addResolved(readings, decoded(sent, 1, end));
            addResolved(readings, folded(decoded(shortest, ROUNDS, end)));
        }
        return readings;
    }

    /**
     * The same, and the container's path with empty segments and dot segments resolved: a welcome file is in none of
     * the others.
     *
     * @param path the path that the container routes by; {@code null} if it cannot tell it
     */
    static Collection<String> readings(String raw, String path) {
        Collection<String> readings = readings(raw);
        if (path != null) {
            addResolved(readings, path);
        }
        return readings;
    }

    /** The path of a target that has the host in it (RFC 9112, section 3.2.2). */
    private static String withoutAuthority(String raw) {
        int authority = raw.startsWith("/") ? -1 : raw.indexOf("://");
        if (authority < 0) {
            return raw;
        }
        int path = raw.indexOf('/', authority + 3);
        return path < 0 ? "/" : raw.substring(path);
    }

    private static void addResolved(Collection<String> readings, String path) {
        String rooted = path.startsWith("/") ? path : "/" + path;
        readings.add(rooted);
        String merged = resolved(rooted, true, false);
        readings.add(merged);
        readings.add(resolved(rooted, false, true));
        readings.add(resolved(merged, false, true));
    }

    /**
     * What ends with a character, before and after each round of decoding; or if it is 0, what is without parameters.
     */
    private static String decoded(String raw, int rounds, char end) {
        String text = trimmed(raw, end);
        for (int round = 0; round < rounds && text.indexOf('%') >= 0; round++) {
            String decoded = PercentEncoding.decodeLeniently(text);
            if (decoded.equals(text)) {
                break;
            }
            text = trimmed(decoded, end);
        }
        return text;
    }

    private static String trimmed(String text, char end) {
        String kept = end == '#' ? before('#', text) : text;
        return end == ';' ? before(';', text) : withoutParameters(kept);
    }

    private static String before(char end, String text) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }

    /** As the most generous reader has it: with slashes and dots of all kinds, and nothing that cannot be seen. */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ' && (c < 0x7F || c >= 0xA0)) {
                folded.append(c == '\\' ? '/' : fold(c));
            }
        }
        return folded.toString();
    }

    private static String withoutParameters(String text) {
        if (text.indexOf(';') < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        boolean inParameters = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            inParameters = c == ';' || inParameters && c != '/';
            if (!inParameters) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static boolean isDots(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != '.') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /**
     * With empty segments merged, or dot segments resolved (RFC 3986, section 5.2.4), where three dots go up as two do.
     */
    private static String resolved(String path, boolean merges, boolean resolvesDots) {
        List<String> segments = new ArrayList<String>();
        String[] parts = path.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            String name = parts[i];
            boolean last = i == parts.length - 1;
            boolean dots = resolvesDots && isDots(name);
            if (dots && name.length() > 1 && !segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            }
            if (dots ? last : last || !merges || !name.isEmpty()) {
                segments.add(dots ? "" : name);
            }
        }
        return "/" + String.join("/", segments);
    }

    private static String ambiguity(String path) {
        if (!path.startsWith("/")) {
            return "the path does not begin with a slash";
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < ' ' || c >= 0x7F && c < 0xA0 || c == '\uFFFD') {
                return "the path has a control or replacement character";
            }
            if (c == '\\') {
                return "the path has a backslash";
            }
            if (c == ';') {
                return "the path has a parameter within";
            }
            if (c == '%' && isHex(path, i + 1) && isHex(path, i + 2)) {
                return "the path is encoded twice";
            }
            if (isFolded(c)) {
                return "the path has another form of a dot or a slash";
            }
            if (c == '/' && endsDots(path, i + 1)) {
                return "the path has an empty or a dot segment";
            }
        }
        return null;
    }

    /** Whether a segment is empty without being the last, or consists of dots, and of blanks behind them. */
    private static boolean endsDots(String path, int begin) {
        int dots = begin;
        while (dots < path.length() && path.charAt(dots) == '.') {
            dots++;
        }
        int end = dots;
        while (dots > begin && end < path.length() && path.charAt(end) == ' ') {
            end++;
        }
        boolean last = end == path.length();
        boolean only = last || path.charAt(end) == '/';
        return only && (end > begin || !last);
    }

    /**
     * Characters that become a dot or a slash where Unicode is normalized (NFKC), or fitted into a narrower encoding.
     */
    private static boolean isFolded(char c) {
        return fold(c) != c;
    }

    private static char fold(char c) {
        switch (c) {
            case '\uFF0E': // fullwidth full stop
            case '\uFE52': // small full stop
            case '\u2024': // one dot leader
                return '.';
            case '\uFF0F': // fullwidth solidus
            case '\u2044': // fraction slash
            case '\u2215': // division slash
            case '\uFF3C': // fullwidth reverse solidus
            case '\uFE68': // small reverse solidus
            case '\u2216': // set minus
                return '/';
            default:
                return c;
        }
    }

    private static String withoutLastParameters(String raw) {
        int slash = raw.lastIndexOf('/');
        int semicolon = raw.indexOf(';', slash + 1);
        return semicolon < 0 ? raw : raw.substring(0, semicolon);
    }

    private static boolean hasEncodedSlash(String raw) {
        for (int i = raw.indexOf('%'); i >= 0; i = raw.indexOf('%', i + 1)) {
            if (raw.regionMatches(true, i, "%2f", 0, 3) || raw.regionMatches(true, i, "%5c", 0, 3)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHex(String text, int at) {
        return at < text.length() && text.charAt(at) < 128 && Character.digit(text.charAt(at), 16) >= 0;
    }
}
