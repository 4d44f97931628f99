package io.maintenanceagent.match;

/**
 * A text in which {@code *} stands for any characters, none included; all else is literal. Immutable; safe for any
 * thread.
 */
public final class Glob {

    private final String source;

    /** @param source the pattern's text */
    public Glob(String source) {
        this.source = source;
    }

    /**
     * Returns whether the pattern matches all of a text.
     *
     * @param text a text
     */
    public boolean matches(String text) {
        return matches(source, text);
    }

    /** On a mismatch only the last {@code *} can take one character more. */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int s = 0;
        int lastStar = -1;
        int resume = 0;
        while (s < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                lastStar = p++;
                resume = s;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(s)) {
                p++;
                s++;
            } else if (lastStar >= 0) {
                p = lastStar + 1;
                s = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Returns whether there is no {@code *} in it, so that it matches itself only. */
    public boolean isLiteral() {
        return source.indexOf('*') < 0;
    }

    /** Returns the pattern's text, as it was given. */
    @Override
    public String toString() {
        return source;
    }
}
