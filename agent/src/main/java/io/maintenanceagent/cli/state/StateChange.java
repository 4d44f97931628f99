package io.maintenanceagent.cli.state;

import io.maintenanceagent.state.Admit;
import io.maintenanceagent.state.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The state that a command writes, which may depend on the one that it replaces. Stateless. */
public interface StateChange {

    /**
     * Returns the state to write; asked again where another writer comes in between.
     *
     * @param before the state that is replaced; {@code null} if there is none
     */
    State after(State before);

    /**
     * Returns what there is to say about what was written, a clause behind the store's name; {@code null} for nothing.
     *
     * @param written the state
     */
    default String remark(State written) {
        return null;
    }

    /** Returns a change to a state, whatever is there. */
    static StateChange to(State state) {
        return before -> state;
    }

    /**
     * Returns the change to a state whose share of clients, if it has one, goes on with what is there: who is in stays
     * in where the share grows.
     *
     * @param state the state
     * @param now the present
     */
    static StateChange continuing(State state, Instant now) {
        if (state.admit() == null) {
            return to(state);
        }
        return before -> {
            String salt = isShared(before, now) ? before.admit().saltIn(before) : now.toString();
            return new State.Builder(state).admit(state.admit().salted(salt)).build();
        };
    }

    /**
     * Returns the end of maintenance that lets clients in one after the other; just the end where there is no
     * maintenance.
     *
     * @param off what is written at the end, or in its place
     * @param length how long it takes
     * @param now the present
     */
    static StateChange ramp(State off, Duration length, Instant now) {
        Instant begin = now.truncatedTo(ChronoUnit.SECONDS);
        return new StateChange() {
            @Override
            public State after(State before) {
                if (before == null || !before.activeAt(now.toEpochMilli())) {
                    return off;
                }
                Admit ramp = Admit.ramp(0);
                if (isShared(before, now)) {
                    double share = (double) before.shareAt(now.toEpochMilli()) * 100 / Admit.ALL;
                    ramp = Admit.ramp((int) Math.ceil(share))
                            .salted(before.admit().saltIn(before));
                }
                return new State.Builder(before)
                        .retryAfter(null)
                        .window(begin, begin.plus(length).plusSeconds(1))
                        .by(off.by(), off.reason())
                        .hold(null)
                        .admit(ramp)
                        .build();
            }

            @Override
            public String remark(State written) {
                return written.enabled() ? null : "there was no maintenance in it to ramp down; it is off at once";
            }
        };
    }

    /** Whether a state lets a share of clients in. */
    static boolean isShared(State state, Instant now) {
        return state != null && state.admit() != null && state.activeAt(now.toEpochMilli());
    }
}
