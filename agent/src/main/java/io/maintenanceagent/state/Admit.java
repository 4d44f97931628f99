package io.maintenanceagent.state;

import java.util.Objects;

/**
 * Which share of clients is let in: a fixed one, or one that grows evenly over the state's window.
 *
 * <p>A client has a <em>position</em>, a number from 0 to 2³² - 1 that is the same in every JVM; it is let in while its
 * position is below the share, so that nobody who is in falls out while the share grows. The salt of the positions is
 * the state's window, unless the state names another: then the same clients stay in when the window changes. Immutable;
 * safe for any thread.
 */
public final class Admit {

    /** A share of all positions. */
    public static final long ALL = 1L << 32;

    private static final int PERCENT = 100;

    private final int percent;
    private final boolean ramp;
    private final String salt;

    private Admit(int percent, boolean ramp, String salt) {
        this.percent = percent;
        this.ramp = ramp;
        this.salt = salt;
    }

    /**
     * Returns a share that stays as it is.
     *
     * @param percent a share of clients, 0 to 100
     */
    public static Admit percent(int percent) {
        return new Admit(percent, false, null);
    }

    /**
     * Returns a share that grows to 100 percent over the window of the state.
     *
     * @param start the share at the beginning of the window, 0 to 100 percent
     */
    public static Admit ramp(int start) {
        return new Admit(start, true, null);
    }

    /**
     * Returns the same with a salt of its own.
     *
     * @param other what is to be the salt in place of the window, or {@code null} for the window
     */
    public Admit salted(String other) {
        return new Admit(percent, ramp, other);
    }

    /** Returns the share in percent; of a {@link #ramp}, that at its begin. */
    public int percent() {
        return percent;
    }

    /** Returns whether the share grows over the window. */
    public boolean ramp() {
        return ramp;
    }

    /** Returns the salt in place of the window, or {@code null} for the window. */
    public String salt() {
        return salt;
    }

    /**
     * Returns the salt of the positions, which is the same in every JVM.
     *
     * @param state the state that this is of
     */
    public String saltIn(State state) {
        return salt != null ? salt : state.window() == null ? "" : state.window();
    }

    /**
     * Returns how many of the positions are let in at an instant, 0 to {@link #ALL}.
     *
     * @param state the state that this is of
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public long shareAt(State state, long epochMillis) {
        long first = ALL * percent / PERCENT;
        if (!ramp) {
            return first;
        }
        long begin = State.millis(state.from());
        long length = State.millis(state.until()) - begin;
        double part = Math.max(0, Math.min(1, (double) (epochMillis - begin) / length));
        return first + (long) ((ALL - first) * part);
    }

    /**
     * Returns when a growing share reaches a position, in milliseconds since 1970, or {@link Long#MAX_VALUE} if the
     * share does not grow.
     *
     * @param state the state that this is of
     * @param position a position, not let in yet
     */
    public long turnMillis(State state, long position) {
        if (!ramp) {
            return Long.MAX_VALUE;
        }
        long first = ALL * percent / PERCENT;
        long begin = State.millis(state.from());
        long length = State.millis(state.until()) - begin;
        double part = Math.max(0, (double) (position + 1 - first) / (ALL - first));
        return begin + (long) Math.ceil(part * length);
    }

    /** Returns a share in percent, for people: {@code 12.5}. */
    public static String shown(long share) {
        long tenths = Math.round((double) share * PERCENT * 10 / ALL);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Admit
                && ((Admit) other).percent == percent
                && ((Admit) other).ramp == ramp
                && Objects.equals(((Admit) other).salt, salt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(percent, ramp, salt);
    }
}
