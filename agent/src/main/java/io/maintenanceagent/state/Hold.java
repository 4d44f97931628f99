package io.maintenanceagent.state;

/** How requests wait for the end of a short maintenance instead of being refused. Immutable; safe for any thread. */
public final class Hold {

    /** How many requests wait at a time unless a state says otherwise. */
    public static final int DEFAULT_REQUESTS = 100;

    private final int seconds;
    private final int requests;

    /**
     * @param seconds how long after maintenance began requests wait, 1 or more
     * @param requests how many wait at a time at the most, 1 or more
     */
    public Hold(int seconds, int requests) {
        this.seconds = seconds;
        this.requests = requests;
    }

    /** Returns for how many seconds after maintenance began requests wait. */
    public int seconds() {
        return seconds;
    }

    /** Returns how many requests wait at a time at the most. */
    public int requests() {
        return requests;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hold && ((Hold) other).seconds == seconds && ((Hold) other).requests == requests;
    }

    @Override
    public int hashCode() {
        return 31 * seconds + requests;
    }
}
