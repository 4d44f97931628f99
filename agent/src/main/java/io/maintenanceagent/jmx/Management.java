package io.maintenanceagent.jmx;

import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.instance.Instance;
import io.maintenanceagent.instance.InstanceStatus;
import io.maintenanceagent.instance.Observation;
import io.maintenanceagent.policy.TemporaryOverride;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Registers the {@link MaintenanceBean} when that is safe: once the server has begun to answer, or {@value #PATIENCE_SECONDS}
 * seconds after it has loaded its first servlet. Earlier, a server may still be about to say which log manager and which
 * MBean server there are (WildFly, Open Liberty). For the agent's own thread.
 */
public final class Management {

    private static final int PATIENCE_SECONDS = 30;

    private final Observation observation;
    private final TemporaryOverride override;
    private final Instance self;
    private final IntSupplier wovenClasses;
    private final Faults faults;
    private final long endOfPatience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);

    private boolean tried;
    private MaintenanceBean bean;

    /**
     * @param observation what the bean shows
     * @param override what the bean can switch
     * @param self whose it is
     * @param wovenClasses how many classes are woven
     * @param faults where it is reported that it cannot be registered
     */
    public Management(
            Observation observation,
            TemporaryOverride override,
            Instance self,
            IntSupplier wovenClasses,
            Faults faults) {
        this.observation = observation;
        this.override = override;
        this.self = self;
        this.wovenClasses = wovenClasses;
        this.faults = faults;
    }

    /**
     * Registers the bean if it is time, and tells its listeners what is new.
     *
     * @param status how it is now
     */
    public void observed(InstanceStatus status) {
        if (bean != null) {
            bean.tellChanges(status);
        } else if (!tried && (hasAnswered() || System.nanoTime() - endOfPatience > 0)) {
            tried = true;
            register(status);
        }
    }

    /** Takes the bean away, with the override that it has begun. */
    public void close() {
        if (bean != null) {
            bean.unregister();
            bean = null;
        }
    }

    private boolean hasAnswered() {
        RequestCounts counts = observation.counts();
        return counts.passedCount() + counts.refusedCount() + counts.exemptCount() > 0;
    }

    private void register(InstanceStatus status) {
        try {
            MaintenanceBean next = new MaintenanceBean(observation, override, self, wovenClasses, faults);
            next.register(status);
            bean = next;
        } catch (NoClassDefFoundError withoutManagement) {
            // a JVM that was made without the module java.management has no JMX to show anything in
        } catch (Throwable e) {
            faults.report("jmx", "the MBean " + MaintenanceBean.NAME + " cannot be registered (" + e + ")");
        }
    }
}
