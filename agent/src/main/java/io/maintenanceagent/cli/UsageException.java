package io.maintenanceagent.cli;

/** Wrong usage: exit code 2. The message is one line that says what is wrong and what is allowed. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
