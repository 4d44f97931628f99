package io.maintenanceagent.boot;

import io.maintenanceagent.audit.AuditLog;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.instance.StatusCollector;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.jmx.MBeanRegistration;
import io.maintenanceagent.jvm.NativeText;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.socket.SocketCloser;
import io.maintenanceagent.weave.WovenClasses;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * What follows a store, from an activation of the agent until its detach: what enforces, what reports, what audits and
 * what manages, each on its own thread, wired together here.
 */
final class Activation {

    private final Extensions extensions;
    private final SocketCloser closer;
    private final PolicyWatch policy;
    private final Auditing auditing; // null without the setting
    private final StatusReporting reporting;
    private final MBeanRegistration management;
    private final AgentThreads threads;
    private final AgentLoop loop;

    /**
     * @param settings what to follow
     * @param enforcement enforces
     * @param statusCollector looks at what runs
     * @param coverage knows whether requests are refused here at all
     * @param closer closes open sockets in maintenance
     * @param woven what is woven
     * @param agentProperties shows how it is
     * @param errors what went wrong
     */
    Activation(
            Settings settings,
            Enforcement enforcement,
            StatusCollector statusCollector,
            CoverageCheck coverage,
            SocketCloser closer,
            final WovenClasses woven,
            AgentProperties agentProperties,
            ErrorReporter errors) {
        this.closer = closer;
        extensions = new Extensions(settings.extensions(), errors);
        policy = new PolicyWatch(settings, extensions, NativeText.environment(), enforcement, errors);
        auditing = settings.audit() == null ? null : auditing(settings, enforcement, statusCollector, errors);
        management = new MBeanRegistration(
                statusCollector,
                enforcement.override(),
                new IntSupplier() {
                    @Override
                    public int getAsInt() {
                        return woven.count();
                    }
                },
                errors);
        reporting = new StatusReporting(
                settings, enforcement, statusCollector, coverage, closer, woven, agentProperties, management, errors);
        threads = new AgentThreads(reporting, policy.isNeeded() ? policy : null, auditing, management, errors);
        loop = new AgentLoop(settings, extensions, enforcement, policy, threads, reporting, errors);
        reporting.lookAfter(loop, threads);
    }

    private static Auditing auditing(
            Settings settings, Enforcement enforcement, StatusCollector statusCollector, ErrorReporter errors) {
        BlockingAtFlip blocking = new BlockingAtFlip(statusCollector, settings.guards(Settings.HTTP));
        AuditLog audit = new AuditLog(settings.audit(), settings.app(), blocking, errors);
        return new Auditing(enforcement, audit, errors);
    }

    /** Starts. An error says that no thread can be started; then nothing is. */
    void start() {
        loop.start();
    }

    /**
     * Ends it. What hangs has no effect any more, should it ever come back.
     *
     * @param millis how long to wait for that, in milliseconds
     * @return what hangs, a word for each; empty if nothing does
     */
    List<String> stop(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        loop.stop();
        policy.end();
        reporting.stop();
        closer.stop();
        List<String> hanging = threads.end(new Withdrawal(), new LastEntry(), new Unregistration(), deadline);
        loop.closeStore();
        if (!loop.awaitEnd(deadline)) {
            hanging.add("the store");
        }
        return hanging;
    }

    /** Closes the extensions, which no request may call any more. */
    void close() {
        extensions.close();
    }

    private final class Withdrawal implements Runnable {
        @Override
        public void run() {
            reporting.withdraw();
        }
    }

    private final class LastEntry implements Runnable {
        @Override
        public void run() {
            auditing.end();
        }
    }

    private final class Unregistration implements Runnable {
        @Override
        public void run() {
            management.close();
        }
    }
}
