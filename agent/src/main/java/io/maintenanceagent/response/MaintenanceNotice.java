package io.maintenanceagent.response;

import io.maintenanceagent.state.State;
import java.time.Instant;

/** What refused clients are told: a message, and when maintenance ends. Immutable. */
final class MaintenanceNotice {

    /** What is said when a state says nothing. */
    static final String DEFAULT_DETAIL = "Service temporarily unavailable due to maintenance";

    private final String message;
    private final Instant until;
    private final boolean queued;

    MaintenanceNotice(State state) {
        this(state.message(), state.until(), false);
    }

    private MaintenanceNotice(String message, Instant until, boolean queued) {
        this.message = message;
        this.until = until;
        this.queued = queued;
    }

    /**
     * The same for a client that is to be let in before the others.
     *
     * @param turn when, or {@code null} if that is not known
     */
    MaintenanceNotice queued(Instant turn) {
        return new MaintenanceNotice(message, turn == null ? until : turn, true);
    }

    /** Whether others are let in already, and the client is in the queue. */
    boolean queued() {
        return queued;
    }

    /** The operator's own words, or {@code null}. */
    String message() {
        return message;
    }

    String detail() {
        return message == null ? DEFAULT_DETAIL : message;
    }

    /** When maintenance ends by itself, or when it is the client's turn, or {@code null}. */
    Instant until() {
        return until;
    }

    /** The same in ISO 8601, or {@code ""}. */
    String untilText() {
        return until == null ? "" : until.toString();
    }
}
