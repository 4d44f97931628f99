package io.maintenanceagent.state;

/** Says why some bytes are not a state: what was found, where, and what is allowed. */
public final class StateException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message one clause that reads well behind the name of a file */
    public StateException(String message) {
        super(message);
    }
}
