package io.maintenanceagent.gate;

import io.maintenanceagent.container.Arrivals;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.hook.MaintenanceHook;
import java.util.function.ToLongBiFunction;

/**
 * What the hook calls at an outermost entry that is a container's own. A fault leaves the request to the entries of the
 * servlet API further in. Safe for any thread.
 */
public final class ContainerEntrance implements ToLongBiFunction<Object, Object> {

    private final Entrance entrance;
    private final Faults faults;

    /**
     * @param entrance decides and answers
     * @param faults where requests are reported that cannot be read there
     */
    public ContainerEntrance(Entrance entrance, Faults faults) {
        this.entrance = entrance;
        this.faults = faults;
    }

    /**
     * @param place what the place is called
     * @param arguments arguments of the woven method, as {@code Object[]}
     * @return as of {@link Entrance#applyAsLong}, or {@link MaintenanceHook#UNDECIDED} if the request is not decided here
     */
    @Override
    public long applyAsLong(Object place, Object arguments) {
        try {
            return entrance.arrives(Arrivals.at((String) place, (Object[]) arguments));
        } catch (Throwable fault) {
            faults.reportOnce(
                    "gate " + place,
                    "a request could not be read before its login (" + fault + "); it is decided at its filter or servlet");
            return MaintenanceHook.UNDECIDED;
        }
    }
}
