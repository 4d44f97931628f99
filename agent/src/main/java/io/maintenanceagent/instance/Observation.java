package io.maintenanceagent.instance;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.drain.Census;
import io.maintenanceagent.drain.EarlierRequests;
import io.maintenanceagent.drain.RequestCounts;
import io.maintenanceagent.drain.RunningRequests;
import io.maintenanceagent.gate.Gate;
import io.maintenanceagent.state.EffectiveState;
import java.util.function.Predicate;

/** Looks at what this JVM enforces and what runs in it. Safe for any thread but requests' own, which it would hold up. */
public final class Observation {

    private final Gate gate;
    private final RunningRequests running;
    private final EarlierRequests earlier;
    private final RequestCounts counts;

    /**
     * @param gate what is enforced
     * @param running the requests that are running
     * @param earlier those that were running before the agent came
     * @param counts what became of the others
     */
    public Observation(Gate gate, RunningRequests running, EarlierRequests earlier, RequestCounts counts) {
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
        Census census = running.census(refused, earlier.count());
        return new InstanceStatus(
                enforced, gate.sinceMillis(), inMaintenance, gate.isOverridden(), census);
    }

    /** @return what became of the requests since the start */
    public RequestCounts counts() {
        return counts;
    }
}
