package io.maintenanceagent.instance;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.InFlightSnapshot;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.state.EffectiveState;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks at what this JVM enforces and what runs in it. Safe for any thread but requests' own, which it would hold up.
 */
public final class StatusCollector {

    private final Enforcement enforcement;
    private final InFlightRequests running;
    private final PreAttachRequests earlier;
    private final RequestCounts counts;
    private final Supplier<String> unenforced;

    /**
     * @param enforcement what is enforced
     * @param running the requests that are running
     * @param earlier those that were running before the agent came
     * @param counts what became of the others
     * @param unenforced why it is not known that requests are refused here at all; {@code null} if it is known
     */
    public StatusCollector(
            Enforcement enforcement,
            InFlightRequests running,
            PreAttachRequests earlier,
            RequestCounts counts,
            Supplier<String> unenforced) {
        this.enforcement = enforcement;
        this.running = running;
        this.earlier = earlier;
        this.counts = counts;
        this.unenforced = unenforced;
    }

    /** Keeps the requests' clock going; called every second or so. */
    public void tick() {
        running.tick();
    }

    /** Returns how it is now, or {@code null} if no state is known yet. */
    public InstanceStatus status() {
        // First what is enforced, then who is there: whoever was let in by what held before is among them.
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
        InFlightSnapshot snapshot = running.snapshot(refused, earlier.count());
        return new InstanceStatus(
                enforced,
                enforcement.sinceMillis(),
                inMaintenance,
                enforcement.isOverridden(),
                unenforced.get(),
                snapshot);
    }

    /** Returns what became of the requests since the start. */
    public RequestCounts counts() {
        return counts;
    }
}
