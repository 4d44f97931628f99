package io.maintenanceagent.state;

/** What maintenance refuses. */
public enum Mode {
    /** Every request. */
    FULL("full"),
    /** Requests that may change something. */
    READ_ONLY("read-only");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    /** Returns the mode, as it is written in states and policies. */
    public String word() {
        return word;
    }
}
