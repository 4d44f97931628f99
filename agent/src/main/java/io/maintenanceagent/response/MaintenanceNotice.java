package io.maintenanceagent.response;

import io.maintenanceagent.state.State;
import java.time.Instant;

/** What refused clients are told: a message, and when maintenance ends. Immutable. */
final class MaintenanceNotice {

    /** What is said when a state says nothing. */
    static final String DEFAULT_DETAIL = "Service temporarily unavailable due to maintenance";

    private final String message;
    private final Instant until;

    MaintenanceNotice(State state) {
        this.message = state.message();
        this.until = state.until();
    }

    /** The operator's own words, or {@code null}. */
    String message() {
        return message;
    }

    String detail() {
        return message == null ? DEFAULT_DETAIL : message;
    }

    /** When maintenance ends by itself, or {@code null}. */
    Instant until() {
        return until;
    }

    /** The same in ISO 8601, or {@code ""}. */
    String untilText() {
        return until == null ? "" : until.toString();
    }
}
