package io.maintenanceagent.jmx;

import io.maintenanceagent.instance.InstanceIdentity;
import io.maintenanceagent.instance.InstanceStatus;
import io.maintenanceagent.instance.StatusCollector;
import io.maintenanceagent.policy.TemporaryOverride;
import io.maintenanceagent.report.ErrorReporter;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Registers the {@link MaintenanceBean} as soon as it is safe: once the server has begun to answer, or
 * {@value #WAIT_SECONDS} seconds after it has loaded its first servlet. Before that, a server may still choose its log
 * manager and its MBean server (WildFly, Open Liberty). Where a property tells that the server brings an MBean server
 * of its own (WebLogic drops its MBeans if it does not come first), only once it has answered.
 *
 * <p>The MBean server and listeners may block: {@link #run} needs a thread of its own.
 */
public final class MBeanRegistration implements Runnable {

    private static final int WAIT_SECONDS = 30;

    private static final String[] OWN_SERVER = {"weblogic.Name", "javax.management.builder.initial"};

    private final StatusCollector statusCollector;
    private final TemporaryOverride override;
    private final IntSupplier wovenClasses;
    private final ErrorReporter errors;
    private final long waitNanos;

    private long deadlineNanos; // of the thread that offers; 0 before
    private InstanceStatus offered;
    private volatile InstanceStatus latest;
    private volatile InstanceIdentity self;

    private boolean tried; // guarded by this; so are the next
    private boolean closed;
    private MaintenanceBean bean;

    /**
     * @param statusCollector what the bean shows
     * @param override what the bean can switch
     * @param wovenClasses how many classes are woven
     * @param errors where it is reported that it cannot be registered
     */
    public MBeanRegistration(
            StatusCollector statusCollector,
            TemporaryOverride override,
            IntSupplier wovenClasses,
            ErrorReporter errors) {
        this(statusCollector, override, wovenClasses, errors, TimeUnit.SECONDS.toNanos(WAIT_SECONDS));
    }

    MBeanRegistration(
            StatusCollector statusCollector,
            TemporaryOverride override,
            IntSupplier wovenClasses,
            ErrorReporter errors,
            long waitNanos) {
        this.statusCollector = statusCollector;
        this.override = override;
        this.wovenClasses = wovenClasses;
        this.errors = errors;
        this.waitNanos = waitNanos;
    }

    /**
     * Takes the status to show. Called by one thread, every second or so; touches nothing of JMX.
     *
     * @param identity this JVM
     * @param status the current status
     * @return whether {@link #run} has something to do
     */
    public boolean offer(InstanceIdentity identity, InstanceStatus status) {
        if (deadlineNanos == 0) {
            deadlineNanos = System.nanoTime() + waitNanos | 1;
        }
        boolean isTime = offered != null || hasAnswered() || System.nanoTime() - deadlineNanos > 0 && !hasOwnServer();
        if (!isTime || !status.differsFrom(offered)) {
            return false;
        }
        self = identity;
        offered = status;
        latest = status;
        return true;
    }

    /** Registers the bean, or notifies its listeners of changes. */
    @Override
    public void run() {
        InstanceStatus status = latest;
        MaintenanceBean shown;
        synchronized (this) {
            shown = bean;
            if (closed || tried && shown == null) {
                return;
            }
            tried = true;
        }
        if (shown != null) {
            shown.tellChanges(status);
        } else {
            register(status);
        }
    }

    /**
     * Unregisters the bean, also one that is just being registered, and ends the override that it has begun. For any
     * thread.
     */
    public void close() {
        MaintenanceBean shown;
        synchronized (this) {
            closed = true;
            shown = bean;
            bean = null;
        }
        if (shown != null) {
            shown.unregister();
        }
    }

    private static boolean hasOwnServer() {
        for (String property : OWN_SERVER) {
            try {
                if (System.getProperty(property) != null) {
                    return true;
                }
            } catch (SecurityException ignored) {
                return true; // too late is safer than too early
            }
        }
        return false;
    }

    private boolean hasAnswered() {
        return statusCollector.counts().total() > 0;
    }

    private void register(InstanceStatus status) {
        try {
            MaintenanceBean next = new MaintenanceBean(statusCollector, override, self, wovenClasses, errors);
            next.register(status);
            synchronized (this) {
                if (!closed) {
                    bean = next;
                    return;
                }
            }
            next.unregister();
        } catch (NoClassDefFoundError ignored) {
            // a JVM that was made without the module java.management has no JMX to show anything in
        } catch (Throwable e) {
            errors.report("jmx", "the MBean " + MaintenanceBean.NAME + " cannot be registered (" + e + ")");
        }
    }
}
