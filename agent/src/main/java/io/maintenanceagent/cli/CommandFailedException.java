package io.maintenanceagent.cli;

/** An operation that failed: exit code 1. The message is one line that says what failed and what to do next. */
final class CommandFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }

    CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
