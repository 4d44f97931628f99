package io.maintenanceagent.boot;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.instance.InstanceIdentity;
import io.maintenanceagent.instance.InstanceReporter;
import io.maintenanceagent.instance.InstanceStatus;
import io.maintenanceagent.instance.StatusCollector;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.jmx.MBeanRegistration;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.socket.SocketCloser;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.store.file.FileStore;
import io.maintenanceagent.weave.WovenClasses;
import java.util.concurrent.TimeUnit;

/**
 * Looks at what this JVM does, every second and after each flip, and tells whoever wants to know: the system
 * properties, the store, JMX. Looks after the other threads, too. For the reporter's own thread, but for what says
 * otherwise.
 */
final class StatusReporting implements Runnable {

    private static final String FIRST_STATE = "first state";

    /**
     * Until then a JVM that has neither answered a request nor seen its state change tells nothing of itself: what that
     * takes would make each start dearer.
     */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** As long as requests wait for a first state. */
    private static final long FIRST_STATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Settings settings;
    private final Enforcement enforcement;
    private final StatusCollector statusCollector;
    private final CoverageCheck coverage;
    private final SocketCloser closer;
    private final WovenClasses woven;
    private final AgentProperties agentProperties;
    private final MBeanRegistration management;
    private final ErrorReporter errors;

    private AgentLoop loop;
    private AgentThreads threads;
    private HangDetector hangs;

    private volatile StateStore store; // null until it is open
    private volatile boolean reachable;
    private volatile InstanceReporter reporter; // null until there is something to report
    private volatile boolean left;
    private InstanceIdentity self;
    private StateStore reporterStore;
    private long beganNanos;
    private final long madeNanos = System.nanoTime();
    private EffectiveState firstEnforced;
    private boolean tells;

    /**
     * @param settings what this JVM is called, and what is guarded in it
     * @param enforcement what is enforced
     * @param statusCollector looks
     * @param coverage knows whether requests are refused here at all
     * @param closer closes open sockets in maintenance
     * @param woven how many classes are woven
     * @param agentProperties shows it to those who attach
     * @param management shows it to JMX, on a thread of its own
     * @param errors what went wrong
     */
    StatusReporting(
            Settings settings,
            Enforcement enforcement,
            StatusCollector statusCollector,
            CoverageCheck coverage,
            SocketCloser closer,
            WovenClasses woven,
            AgentProperties agentProperties,
            MBeanRegistration management,
            ErrorReporter errors) {
        this.settings = settings;
        this.enforcement = enforcement;
        this.statusCollector = statusCollector;
        this.coverage = coverage;
        this.closer = closer;
        this.woven = woven;
        this.agentProperties = agentProperties;
        this.management = management;
        this.errors = errors;
    }

    /** Says which threads to look after; before the first {@link #run}. */
    void lookAfter(AgentLoop following, AgentThreads others) {
        loop = following;
        threads = others;
        HangDetector.Watched[] watched = others.watchedByReporter();
        HangDetector.Watched[] all = java.util.Arrays.copyOf(watched, watched.length + 1);
        all[watched.length] = following;
        hangs = new HangDetector(errors, all);
    }

    /** Says where this JVM tells that it is there. For any thread. */
    void reportTo(StateStore reports) {
        store = reports;
    }

    /** Says whether the store could be read just now. For any thread. */
    void polled(boolean couldBeRead) {
        reachable = couldBeRead;
    }

    @Override
    public void run() {
        statusCollector.tick();
        loop.keepAlive();
        hangs.look();
        if (enforcement.enforced() == null) {
            awaitFirstState();
        } else if (!left) {
            closer.look();
            look();
            sayIfTheStoreIsMissed();
        }
        errors.print();
    }

    private void awaitFirstState() {
        long now = System.nanoTime() | 1;
        if (beganNanos == 0) {
            beganNanos = now;
        } else if (now - beganNanos >= FIRST_STATE_NANOS) {
            loop.fallBack(); // the store hangs; should it answer later, that counts
        }
    }

    /** Once a request was decided without the store, which would be silent otherwise until that counts as hanging. */
    private void sayIfTheStoreIsMissed() {
        if (!loop.isFallenBack()) {
            errors.resolve(FIRST_STATE);
        } else if (statusCollector.counts().total() > 0) {
            errors.report(FIRST_STATE, loop.unanswered());
        }
    }

    private void look() {
        long now = System.currentTimeMillis();
        boolean on = enforcement.isOn(now);
        String unenforced = settings.guards(Settings.HTTP) ? coverage.look(on) : null;
        String word = enforcement.isOverridden()
                ? "on"
                : enforcement.enforced().state().wordAt(now);
        StateStore followed = store;
        if (followed != null) {
            agentProperties.follows(settings.app(), followed.name(), followed instanceof FileStore);
        }
        agentProperties.show(word, woven.count(), unenforced);
        // A JVM that is no server serves no requests, and nobody waits for it.
        if ((woven.count() > 0 || unenforced != null) && isTimeToTell(on)) {
            tell();
        }
    }

    private boolean isTimeToTell(boolean on) {
        if (!tells) {
            EffectiveState enforced = enforcement.enforced();
            if (firstEnforced == null) {
                firstEnforced = enforced;
            }
            tells = on
                    || firstEnforced != enforced
                    || statusCollector.counts().total() > 0
                    || System.nanoTime() - madeNanos >= SILENT_NANOS;
        }
        return tells;
    }

    private void tell() {
        if (self == null) {
            self = InstanceIdentity.self(settings.app());
        }
        InstanceStatus status = statusCollector.status();
        if (status == null) {
            return; // the agent has just left
        }
        if (woven.count() > 0 && management.offer(self, status)) {
            threads.manage();
        }
        StateStore reports = store;
        if (reports == null) {
            return;
        }
        if (reports != reporterStore) {
            reporterStore = reports;
            reporter = reports.instances() == null ? null : new InstanceReporter(reports, self, errors);
        }
        if (reporter == null) {
            return; // it has no list of instances
        }
        if (reachable) {
            reporter.tell(status, statusCollector.counts(), woven.count());
        } else {
            reporter.unreachable();
        }
    }

    /** Tells nothing any more from now on, whatever hangs. For any thread. */
    void stop() {
        left = true;
        InstanceReporter telling = reporter;
        if (telling != null) {
            telling.stop();
        }
    }

    /** Tells that this instance is gone. */
    void withdraw() {
        if (reporter != null) {
            reporter.leave();
        }
    }
}
