package io.maintenanceagent.cli.terminal;

/** An operation that failed: exit code 1. The message is one line that says what failed and what to do next. */
public final class CommandFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }

    public CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
