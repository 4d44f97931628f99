package io.maintenanceagent.instance;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.InFlightSnapshot;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.inflight.SocketSnapshot;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.state.Admit;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Collects this JVM's status: what it enforces, and its in-flight requests. Safe for any thread; too slow for requests'
 * own.
 */
public final class StatusCollector {

    private static final double PERCENT = 100;

    private final Enforcement enforcement;
    private final InFlightRequests inFlight;
    private final PreAttachRequests preAttach;
    private final RequestCounts counts;
    private final Supplier<String> unenforced;
    private final Supplier<WorkStatus> work;
    private final Supplier<SocketSnapshot> sockets;

    /**
     * @param enforcement what is enforced
     * @param inFlight the in-flight requests
     * @param preAttach the pre-attach requests
     * @param counts the counts of requests
     * @param unenforced why it is not known that requests are refused here at all; {@code null} if it is known
     * @param work what is known of work that is no request
     * @param sockets the WebSockets that are open; gives {@code null} if the policy does not ask to close them
     */
    public StatusCollector(
            Enforcement enforcement,
            InFlightRequests inFlight,
            PreAttachRequests preAttach,
            RequestCounts counts,
            Supplier<String> unenforced,
            Supplier<WorkStatus> work,
            Supplier<SocketSnapshot> sockets) {
        this.enforcement = enforcement;
        this.inFlight = inFlight;
        this.preAttach = preAttach;
        this.counts = counts;
        this.unenforced = unenforced;
        this.work = work;
        this.sockets = sockets;
    }

    /** Keeps the requests' clock going; called every second or so. */
    public void tick() {
        inFlight.tick();
    }

    /** Returns the current status, or {@code null} if no state is known yet. */
    public InstanceStatus status() {
        // First the enforcement snapshot, then the count: it includes all requests that the snapshot before let in.
        EffectiveState enforced = enforcement.enforced();
        if (enforced == null) {
            return null;
        }
        final long now = System.currentTimeMillis();
        boolean inMaintenance = enforcement.isOn(now);
        Predicate<RequestView> refused = new Predicate<RequestView>() {
            @Override
            public boolean test(RequestView request) {
                return enforcement.refusesInFlight(request, now);
            }
        };
        InFlightSnapshot snapshot = inFlight.snapshot(refused, enforced.state().admit() != null, preAttach.count());
        return new InstanceStatus(
                enforced,
                enforcement.sinceMillis(),
                inMaintenance,
                share(enforced.state(), inMaintenance, now),
                enforcement.isOverridden(),
                unenforced.get(),
                snapshot,
                work.get(),
                sockets.get());
    }

    private double share(State state, boolean inMaintenance, long now) {
        return !inMaintenance
                ? PERCENT
                : enforcement.isOverridden() ? 0 : Double.parseDouble(Admit.shown(state.shareAt(now)));
    }

    /** Returns the counts of requests since the start. */
    public RequestCounts counts() {
        return counts;
    }
}
