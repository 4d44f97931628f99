package io.maintenanceagent.instance;

import io.maintenanceagent.inflight.InFlightSnapshot;
import io.maintenanceagent.inflight.SocketSnapshot;
import io.maintenanceagent.state.EffectiveState;
import java.util.Objects;

/** This JVM's status at one time: what it enforces, and its in-flight requests. For one thread. */
public final class InstanceStatus {

    private final EffectiveState enforced;
    private final long sinceMillis;
    private final boolean inMaintenance;
    private final double share;
    private final boolean overridden;
    private final String unenforced;
    private final InFlightSnapshot inFlight;
    private final WorkStatus work;
    private final SocketSnapshot sockets;

    InstanceStatus(
            EffectiveState enforced,
            long sinceMillis,
            boolean inMaintenance,
            double share,
            boolean overridden,
            String unenforced,
            InFlightSnapshot inFlight,
            WorkStatus work,
            SocketSnapshot sockets) {
        this.enforced = enforced;
        this.sinceMillis = sinceMillis;
        this.inMaintenance = inMaintenance;
        this.share = share;
        this.overridden = overridden;
        this.unenforced = unenforced;
        this.inFlight = inFlight;
        this.work = work;
        this.sockets = sockets;
    }

    /** Returns the state that is enforced, and where it comes from. */
    public EffectiveState enforced() {
        return enforced;
    }

    /** Returns since when that is enforced, in milliseconds since 1970. */
    public long sinceMillis() {
        return sinceMillis;
    }

    /** Returns whether a request that nothing exempts would be refused now. */
    public boolean inMaintenance() {
        return inMaintenance;
    }

    /**
     * Returns which share of the clients is let in, in percent: 100 out of maintenance, 0 in maintenance without a
     * share.
     */
    public double share() {
        return share;
    }

    /** Returns whether code in this JVM asks for maintenance, whatever the state says. */
    public boolean overridden() {
        return overridden;
    }

    /**
     * Returns why it is not known that requests are refused here, a clause; {@code null} if it is known. Then this JVM
     * does not count as drained.
     */
    public String unenforced() {
        return unenforced;
    }

    /** Returns the in-flight requests. */
    public InFlightSnapshot inFlight() {
        return inFlight;
    }

    /** Returns what is known of work that is no request. */
    public WorkStatus work() {
        return work;
    }

    /** Returns the WebSockets that are open; {@code null} if the policy does not ask to close them. */
    public SocketSnapshot sockets() {
        return sockets;
    }

    private int blockingSockets() {
        return sockets == null ? 0 : sockets.blocking();
    }

    /**
     * Returns whether this JVM is drained: in maintenance, known to refuse requests, and of those that would be refused
     * now none is running.
     */
    public boolean drained() {
        return inMaintenance
                && unenforced == null
                && inFlight.blocking() == 0
                && work.blocking() == 0
                && blockingSockets() == 0;
    }

    /**
     * Returns whether it differs from the other in what is reported at once.
     *
     * @param other another status, or {@code null}
     */
    public boolean differsFrom(InstanceStatus other) {
        return other == null
                || !Objects.equals(enforced, other.enforced)
                || inMaintenance != other.inMaintenance
                || overridden != other.overridden
                || !Objects.equals(unenforced, other.unenforced)
                || drained() != other.drained()
                || inMaintenance
                        && (inFlight.blocking() != other.inFlight.blocking()
                                || blockingSockets() != other.blockingSockets()
                                || work.differsFrom(other.work));
    }
}
