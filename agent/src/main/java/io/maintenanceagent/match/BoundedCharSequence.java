package io.maintenanceagent.match;

/**
 * A path whose characters can be read only so many times, so that a match has a bounded time. For one thread, and one
 * match.
 */
final class BoundedCharSequence implements CharSequence {

    private final String path;
    private int left = PathPattern.MAX_STEPS;

    BoundedCharSequence(String path) {
        this.path = path;
    }

    @Override
    public char charAt(int index) {
        if (left-- == 0) {
            throw new TooMany();
        }
        return path.charAt(index);
    }

    @Override
    public int length() {
        return path.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return path.substring(start, end);
    }

    @Override
    public String toString() {
        return path;
    }

    /** Thrown when the limit is exceeded. Without a stack trace, as clients can have many of them thrown. */
    static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMany() {
            super(null, null, false, false);
        }
    }
}
