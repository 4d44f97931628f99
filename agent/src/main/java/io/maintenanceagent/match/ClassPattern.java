package io.maintenanceagent.match;

import java.util.List;

/**
 * A pattern over the names of classes: {@code *} stands for any characters within a part of the name, {@code **} as a
 * part of its own for any number of parts, none included ({@code com.acme.**}); all else is literal, and case counts.
 * Immutable; safe for any thread.
 */
public final class ClassPattern {

    private static final String ALLOWED =
            "the name of a class, with dots; * for any characters within a part, ** for any parts (com.acme.**)";

    private final String source;
    private final PathPattern parts;

    private ClassPattern(String source, PathPattern parts) {
        this.source = source;
        this.parts = parts;
    }

    /**
     * Returns the pattern.
     *
     * @param source the pattern's text
     * @throws IllegalArgumentException if it is none; the message quotes it and says what is allowed
     */
    public static ClassPattern parse(String source) {
        for (String part : source.split("\\.", -1)) {
            if (part.isEmpty() || part.contains("**") && !part.equals("**") || !isName(part)) {
                throw new IllegalArgumentException("\"" + source + "\" is no pattern of classes; allowed: " + ALLOWED);
            }
        }
        return new ClassPattern(source, PathPattern.parse(path(source)));
    }

    private static boolean isName(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (!Character.isJavaIdentifierPart(c) && c != '*' && c != '-') { // package-info, and names of Kotlin's
                return false;
            }
        }
        return true;
    }

    private static String path(String name) {
        return "/" + name.replace('.', '/');
    }

    /**
     * Returns whether the pattern matches a name.
     *
     * @param className the name of a class, with dots
     */
    public boolean matches(String className) {
        return parts.matches(path(className), false);
    }

    /**
     * Returns whether one of several patterns matches a name.
     *
     * @param patterns patterns
     * @param className the name of a class, with dots
     */
    public static boolean anyMatches(List<ClassPattern> patterns, String className) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(className)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the pattern's text, as it was given. */
    @Override
    public String toString() {
        return source;
    }
}
