package io.maintenanceagent.jmx;

import io.maintenanceagent.inflight.InFlightSnapshot;
import io.maintenanceagent.inflight.SocketSnapshot;
import io.maintenanceagent.instance.InstanceIdentity;
import io.maintenanceagent.instance.InstanceStatus;
import io.maintenanceagent.instance.StatusCollector;
import io.maintenanceagent.policy.TemporaryOverride;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.StateWriter;
import io.maintenanceagent.work.WorkSnapshot;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import javax.management.AttributeChangeNotification;
import javax.management.JMException;
import javax.management.MBeanNotificationInfo;
import javax.management.MBeanServer;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/**
 * The agent as an MBean. Registered late: a server may not start if management is initialised before it (WildFly sets
 * its log manager first). Safe for any thread.
 */
public final class MaintenanceBean extends NotificationBroadcasterSupport implements MaintenanceMXBean {

    /** The name that it is registered under. */
    static final String NAME = "io.maintenanceagent:type=Maintenance";

    private final StatusCollector statusCollector;
    private final TemporaryOverride override;
    private final InstanceIdentity self;
    private final IntSupplier wovenClasses;
    private final ErrorReporter errors;

    private TemporaryOverride.Handle handle; // guarded by this
    private String toldState; // of the agent's own thread; so are the next
    private boolean toldInMaintenance;
    private boolean toldDrained;
    private long notifications;

    /**
     * @param statusCollector what is shown
     * @param override what {@link #on} begins
     * @param self this JVM
     * @param wovenClasses how many classes are woven
     * @param errors the faults that are shown
     */
    MaintenanceBean(
            StatusCollector statusCollector,
            TemporaryOverride override,
            InstanceIdentity self,
            IntSupplier wovenClasses,
            ErrorReporter errors) {
        super(new MBeanNotificationInfo(
                new String[] {AttributeChangeNotification.ATTRIBUTE_CHANGE},
                AttributeChangeNotification.class.getName(),
                "State, InMaintenance or Drained has changed"));
        this.statusCollector = statusCollector;
        this.override = override;
        this.self = self;
        this.wovenClasses = wovenClasses;
        this.errors = errors;
    }

    /**
     * Registers the bean with the platform's MBean server.
     *
     * @param status the current status
     * @throws JMException if there is one of this name already
     */
    void register(InstanceStatus status) throws JMException {
        remember(status);
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        server.registerMBean(this, new ObjectName(NAME));
    }

    /** Unregisters the bean, and ends what {@link #on} began. */
    void unregister() {
        off();
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
        } catch (JMException ignored) {
            // it was unregistered already
        }
    }

    /** Notifies listeners of changes since the last call. Called by the agent's own thread, every second or so. */
    void tellChanges(InstanceStatus status) {
        String state = json(status);
        changed("State", String.class, toldState, state);
        changed("InMaintenance", boolean.class, toldInMaintenance, status.inMaintenance());
        changed("Drained", boolean.class, toldDrained, status.drained());
        remember(status);
    }

    private void changed(String attribute, Class<?> type, Object before, Object now) {
        if (!now.equals(before)) {
            String message = attribute + " was " + before + ", is " + now;
            sendNotification(new AttributeChangeNotification(
                    NAME,
                    ++notifications,
                    System.currentTimeMillis(),
                    message,
                    attribute,
                    type.getName(),
                    before,
                    now));
        }
    }

    private void remember(InstanceStatus status) {
        toldState = json(status);
        toldInMaintenance = status.inMaintenance();
        toldDrained = status.drained();
    }

    private static String json(InstanceStatus status) {
        return StateWriter.toJson(status.enforced().state());
    }

    private InFlightSnapshot inFlight() {
        return statusCollector.status().inFlight();
    }

    @Override
    public boolean isInMaintenance() {
        return statusCollector.status().inMaintenance();
    }

    @Override
    public String getState() {
        return json(statusCollector.status());
    }

    @Override
    public String getSource() {
        return statusCollector.status().enforced().source().word();
    }

    @Override
    public String getSince() {
        return Instant.ofEpochMilli(statusCollector.status().sinceMillis()).toString();
    }

    @Override
    public boolean isOverridden() {
        return statusCollector.status().overridden();
    }

    @Override
    public boolean isDrained() {
        return statusCollector.status().drained();
    }

    @Override
    public String getUnenforced() {
        return statusCollector.status().unenforced();
    }

    @Override
    public long getPassed() {
        return statusCollector.counts().passedCount();
    }

    @Override
    public long getRefused() {
        return statusCollector.counts().refusedCount();
    }

    @Override
    public long getExempt() {
        return statusCollector.counts().exemptCount();
    }

    @Override
    public long getAdmitted() {
        return statusCollector.counts().admittedCount();
    }

    @Override
    public double getShare() {
        return statusCollector.status().share();
    }

    @Override
    public long getHeld() {
        return statusCollector.counts().waiting();
    }

    @Override
    public long getHeldTotal() {
        return statusCollector.counts().heldCount();
    }

    @Override
    public int getInFlight() {
        return inFlight().total();
    }

    @Override
    public int getInFlightAsync() {
        return inFlight().async();
    }

    @Override
    public int getInFlightExempt() {
        return inFlight().exempt();
    }

    @Override
    public int getInFlightPreAttach() {
        return inFlight().preAttach();
    }

    @Override
    public int getInFlightBlocking() {
        return inFlight().blocking();
    }

    @Override
    public InFlightRequestData getOldestRequest() {
        InFlightSnapshot inFlight = inFlight();
        return inFlight.oldest() == null ? null : new InFlightRequestData(inFlight.oldest(), inFlight.oldestSeconds());
    }

    @Override
    public Map<String, WorkData> getWork() {
        Map<String, WorkData> work = new LinkedHashMap<String, WorkData>();
        for (WorkSnapshot kind : statusCollector.status().work().kinds()) {
            work.put(kind.kind().guard(), new WorkData(kind));
        }
        return work;
    }

    @Override
    public SocketsData getSockets() {
        SocketSnapshot sockets = statusCollector.status().sockets();
        return sockets == null ? null : new SocketsData(sockets);
    }

    @Override
    public List<String> getUnguarded() {
        return statusCollector.status().work().unguarded();
    }

    @Override
    public int getWovenClasses() {
        return wovenClasses.getAsInt();
    }

    @Override
    public long getFaults() {
        return errors.count();
    }

    @Override
    public String getLastError() {
        return errors.last();
    }

    @Override
    public String getApp() {
        return self.app();
    }

    @Override
    public String getVersion() {
        return self.version();
    }

    @Override
    public synchronized void on(String message) {
        TemporaryOverride.Handle next = override.on(message == null || message.isEmpty() ? null : message);
        off();
        handle = next;
    }

    @Override
    public synchronized void off() {
        if (handle != null) {
            handle.close();
            handle = null;
        }
    }
}
