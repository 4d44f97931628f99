package io.maintenanceagent.attach;

/** A JVM could not be asked, or could not load the agent. */
public final class AttachException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String workaround;

    /**
     * @param message why, a clause that reads well behind the process id
     * @param workaround what to do instead, a clause; {@code null} for none
     */
    AttachException(String message, String workaround) {
        super(message);
        this.workaround = workaround;
    }

    /** Returns what to do instead, a clause, or {@code null}. */
    public String workaround() {
        return workaround;
    }
}
