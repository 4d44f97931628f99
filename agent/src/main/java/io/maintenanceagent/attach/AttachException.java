package io.maintenanceagent.attach;

/** A JVM that could not be asked, or could not be given the agent. */
public final class AttachException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String wayOut;

    /**
     * @param message why, a clause that reads well behind the process id
     * @param wayOut what to do instead, a clause; {@code null} if there is nothing
     */
    AttachException(String message, String wayOut) {
        super(message);
        this.wayOut = wayOut;
    }

    /** Returns what to do instead, a clause, or {@code null}. */
    public String wayOut() {
        return wayOut;
    }
}
