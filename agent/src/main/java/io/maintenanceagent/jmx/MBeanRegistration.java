package io.maintenanceagent.jmx;

import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.instance.InstanceIdentity;
import io.maintenanceagent.instance.InstanceStatus;
import io.maintenanceagent.instance.StatusCollector;
import io.maintenanceagent.policy.TemporaryOverride;
import io.maintenanceagent.report.ErrorReporter;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Registers the {@link MaintenanceBean} when that is safe: once the server has begun to answer, or
 * {@value #PATIENCE_SECONDS} seconds after it has loaded its first servlet. Earlier, a server may still be about to say
 * which log manager and which MBean server there are (WildFly, Open Liberty). For the agent's own thread.
 */
public final class MBeanRegistration {

    private static final int PATIENCE_SECONDS = 30;

    private final StatusCollector statusCollector;
    private final TemporaryOverride override;
    private final InstanceIdentity self;
    private final IntSupplier wovenClasses;
    private final ErrorReporter errors;
    private final long endOfPatience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);

    private boolean tried;
    private MaintenanceBean bean;

    /**
     * @param statusCollector what the bean shows
     * @param override what the bean can switch
     * @param self whose it is
     * @param wovenClasses how many classes are woven
     * @param errors where it is reported that it cannot be registered
     */
    public MBeanRegistration(
            StatusCollector statusCollector,
            TemporaryOverride override,
            InstanceIdentity self,
            IntSupplier wovenClasses,
            ErrorReporter errors) {
        this.statusCollector = statusCollector;
        this.override = override;
        this.self = self;
        this.wovenClasses = wovenClasses;
        this.errors = errors;
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
        RequestCounts counts = statusCollector.counts();
        return counts.passedCount() + counts.refusedCount() + counts.exemptCount() > 0;
    }

    private void register(InstanceStatus status) {
        try {
            MaintenanceBean next = new MaintenanceBean(statusCollector, override, self, wovenClasses, errors);
            next.register(status);
            bean = next;
        } catch (NoClassDefFoundError withoutManagement) {
            // a JVM that was made without the module java.management has no JMX to show anything in
        } catch (Throwable e) {
            errors.report("jmx", "the MBean " + MaintenanceBean.NAME + " cannot be registered (" + e + ")");
        }
    }
}
