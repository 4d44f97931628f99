package io.maintenanceagent.intercept;

import io.maintenanceagent.state.EffectiveState;
import java.util.ArrayDeque;
import java.util.Queue;

/** The changes of what is in force that nobody has asked for yet, in their order. For one thread at a time. */
public final class EnforcementChanges {

    /** So many at the most; then new ones are counted only. */
    private static final int MAX = 1000;

    private final Queue<Change> changes = new ArrayDeque<Change>();
    private boolean kept;
    private int lost;

    EnforcementChanges() {}

    /** Keeps changes from now on, or forgets them and keeps none. */
    void keep(boolean forWhoAsks) {
        kept = forWhoAsks;
        if (!kept) {
            changes.clear();
            lost = 0;
        }
    }

    void add(EffectiveState inForce, long epochMillis) {
        if (kept && changes.size() < MAX) {
            changes.add(new Change(inForce, epochMillis));
        } else if (kept) {
            lost++;
        }
    }

    /** The oldest one, which is forgotten; {@code null} if there is none. */
    Change next() {
        return changes.poll();
    }

    /** How many were not kept since this was last asked. */
    int takeLost() {
        int taken = lost;
        lost = 0;
        return taken;
    }

    /** What came into force, and when: an override may be over before anybody looks. Immutable. */
    public static final class Change {
        private final EffectiveState inForce;
        private final long epochMillis;

        Change(EffectiveState inForce, long epochMillis) {
            this.inForce = inForce;
            this.epochMillis = epochMillis;
        }

        /** Returns the state, or the temporary override in its place. */
        public EffectiveState inForce() {
            return inForce;
        }

        /** Returns since when, in milliseconds since 1970. */
        public long epochMillis() {
            return epochMillis;
        }
    }
}
