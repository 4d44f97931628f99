package io.maintenanceagent.boot;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.audit.Blocking;
import io.maintenanceagent.inflight.InFlightSnapshot;
import io.maintenanceagent.instance.InstanceStatus;
import io.maintenanceagent.instance.StatusCollector;
import io.maintenanceagent.work.WorkSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What maintenance has to wait for now, by kind, for the audit. Safe for any thread. */
final class BlockingAtFlip implements Supplier<List<Blocking>> {

    private final StatusCollector statusCollector;
    private final boolean requests;

    /**
     * @param statusCollector looks
     * @param requests whether requests are guarded
     */
    BlockingAtFlip(StatusCollector statusCollector, boolean requests) {
        this.statusCollector = statusCollector;
        this.requests = requests;
    }

    /** Returns it; nothing if maintenance is over already. */
    @Override
    public List<Blocking> get() {
        List<Blocking> blocking = new ArrayList<Blocking>();
        InstanceStatus status = statusCollector.status();
        if (status == null || !status.inMaintenance()) {
            return blocking;
        }
        InFlightSnapshot inFlight = status.inFlight();
        if (requests) {
            RequestView oldest = inFlight.blocking() == 0 ? null : inFlight.oldest();
            String name = oldest == null ? null : oldest.method() + " " + oldest.path();
            blocking.add(new Blocking("requests", inFlight.blocking(), name, inFlight.oldestSeconds()));
        }
        for (WorkSnapshot kind : status.work().kinds()) {
            String name = kind.blocking() == 0 ? null : kind.oldest();
            blocking.add(new Blocking(kind.kind().guard(), kind.blocking(), name, kind.oldestSeconds()));
        }
        return blocking;
    }
}
