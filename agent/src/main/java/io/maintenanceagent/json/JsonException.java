package io.maintenanceagent.json;

/** Says why some JSON is not what was expected: where, what was found, and what is allowed. */
public final class JsonException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message one clause that reads well behind the name of a file */
    public JsonException(String message) {
        super(message);
    }
}
