package io.maintenanceagent.boot;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.instance.WorkStatus;
import io.maintenanceagent.weave.UncoveredServers;
import io.maintenanceagent.weave.UnguardedWork;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks at work that is no request: what is in flight of what is guarded, and what is there besides. For any thread.
 */
final class WorkReporting implements Supplier<WorkStatus> {

    private final WorkGuard guard; // null if no such work is guarded
    private final List<WorkKind> kinds;
    private final UncoveredServers loaded;

    /**
     * @param guard knows what is in flight; {@code null} if no such work is guarded
     * @param kinds what is guarded
     * @param loaded knows which classes are loaded
     */
    WorkReporting(WorkGuard guard, List<WorkKind> kinds, UncoveredServers loaded) {
        this.guard = guard;
        this.kinds = kinds;
        this.loaded = loaded;
    }

    @Override
    public WorkStatus get() {
        List<WorkSnapshot> inFlight = new ArrayList<WorkSnapshot>();
        List<String> guarded = new ArrayList<String>();
        if (guard != null) {
            for (WorkKind kind : kinds) {
                inFlight.add(guard.snapshot(kind));
                guarded.add(kind.guard());
            }
        }
        List<String> unguarded = UnguardedWork.found(loaded, guarded);
        return inFlight.isEmpty() && unguarded.isEmpty() ? WorkStatus.NONE : new WorkStatus(inFlight, unguarded);
    }
}
