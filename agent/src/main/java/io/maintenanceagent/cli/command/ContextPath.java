package io.maintenanceagent.cli.command;

/** A context path as people type it. Immutable. */
final class ContextPath {

    private final String path;

    private ContextPath(String path) {
        this.path = path;
    }

    /**
     * Parses a context path.
     *
     * @param text a context path
     * @throws IllegalArgumentException if it is none, with what is allowed
     */
    static ContextPath parse(String text) {
        boolean root = text.isEmpty() || text.equals("/");
        if (!root && (!text.startsWith("/") || text.endsWith("/"))) {
            throw new IllegalArgumentException("allowed: a context path like /shop, or / for the root");
        }
        return new ContextPath(root ? "" : text);
    }

    /** The path; {@code ""} for the root. */
    String path() {
        return path;
    }
}
