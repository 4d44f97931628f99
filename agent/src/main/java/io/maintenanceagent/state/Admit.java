package io.maintenanceagent.state;

/**
 * Which share of clients is let in: a fixed one, or one that grows over the state's window. Immutable; safe for any
 * thread.
 */
public final class Admit {

    /** A share that grows from 0 to 100 percent over the window of the state. */
    public static final Admit RAMP = new Admit(0, true);

    private final int percent;
    private final boolean ramp;

    private Admit(int percent, boolean ramp) {
        this.percent = percent;
        this.ramp = ramp;
    }

    /**
     * @param percent a share of clients, 0 to 100
     * @return that share for as long as the state holds
     */
    public static Admit percent(int percent) {
        return new Admit(percent, false);
    }

    /** Returns the share in percent; 0 for a {@link #ramp}. */
    public int percent() {
        return percent;
    }

    /** Returns whether the share grows over the window. */
    public boolean ramp() {
        return ramp;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Admit && ((Admit) other).percent == percent && ((Admit) other).ramp == ramp;
    }

    @Override
    public int hashCode() {
        return ramp ? -1 : percent;
    }
}
