package io.maintenanceagent.state;

/** What maintenance refuses. */
public enum Mode {
    /** Every request. */
    FULL,
    /** Requests that may change something. */
    READ_ONLY
}
