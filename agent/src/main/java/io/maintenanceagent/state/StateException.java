package io.maintenanceagent.state;

import io.maintenanceagent.json.JsonException;

/** Says why some bytes are not a state: what was found, where, and what is allowed. */
public final class StateException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param message one clause that reads well behind the name of a file; shortened in the middle if it is too long
     */
    public StateException(String message) {
        super(JsonException.shortened(message));
    }
}
