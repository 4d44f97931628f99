package io.maintenanceagent.instance;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.gate.Gate;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.InFlightSnapshot;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.state.EffectiveState;
import java.util.function.Predicate;

/** Looks at what this JVM enforces and what runs in it. Safe for any thread but requests' own, which it would hold up. */
public final class Observation {

    private final Gate gate;
    private final InFlightRequests running;
    private final PreAttachRequests earlier;
    private final RequestCounts counts;

    /**
     * @param gate what is enforced
     * @param running the requests that are running
     * @param earlier those that were running before the agent came
     * @param counts what became of the others
     */
    public Observation(Gate gate, InFlightRequests running, PreAttachRequests earlier, RequestCounts counts) {
        this.gate = gate;
        this.running = running;
        this.earlier = earlier;
        this.counts = counts;
    }

    /** Keeps the requests' clock going; called every second or so. */
    public void tick() {
        running.tick();
    }

    /** @return how it is now, or {@code null} if no state is known yet */
    public InstanceStatus status() {
        // First what is enforced, then who is there: whoever was let in by what held before is among them.
        EffectiveState enforced = gate.enforced();
        if (enforced == null) {
            return null;
        }
        final long now = System.currentTimeMillis();
        boolean inMaintenance = gate.isOn(now);
        Predicate<RequestView> refused = new Predicate<RequestView>() {
            @Override
            public boolean test(RequestView request) {
                return gate.refuses(request, now);
            }
        };
        InFlightSnapshot snapshot = running.snapshot(refused, earlier.count());
        return new InstanceStatus(
                enforced, gate.sinceMillis(), inMaintenance, gate.isOverridden(), snapshot);
    }

    /** @return what became of the requests since the start */
    public RequestCounts counts() {
        return counts;
    }
}
