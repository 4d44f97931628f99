package io.maintenanceagent.boot;

import io.maintenanceagent.report.ErrorReporter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The agent's threads beside the one that follows the store; see this package's documentation. Safe for any thread. */
final class AgentThreads {

    private static final String REPORTER = "maintenance-agent-reporter";
    private static final String POLICY = "maintenance-agent-policy";
    private static final String AUDIT = "maintenance-agent-audit";
    private static final String JMX = "maintenance-agent-jmx";
    private static final long SECOND = 1000;
    private static final long WHEN_ASKED = TimeUnit.DAYS.toMillis(1);

    private final BackgroundThread reporter;
    private final BackgroundThread policy; // null where there is nothing to read; so is the next
    private final BackgroundThread audit;
    private final BackgroundThread jmx;
    private final HangDetector reporterHangs;

    /**
     * @param reporting looks at this JVM and tells of it
     * @param policyFile what reads the policy, or {@code null}
     * @param auditing what writes the audit, or {@code null}
     * @param managing serves JMX
     * @param errors where threads are reported that hang or cannot be started
     */
    AgentThreads(Runnable reporting, Runnable policyFile, Runnable auditing, Runnable managing, ErrorReporter errors) {
        reporter = new BackgroundThread(
                REPORTER,
                reporting,
                SECOND,
                "the report of this instance has been hanging for ten seconds; the state is followed all the same, but"
                        + " others do not see this JVM",
                errors);
        policy = policyFile == null
                ? null
                : new BackgroundThread(
                        POLICY,
                        policyFile,
                        WHEN_ASKED,
                        "reading the policy or loading an extension has been hanging for ten seconds; the state"
                                + " is followed"
                                + " all the same, by the last good policy or the default one",
                        errors);
        audit = auditing == null
                ? null
                : new BackgroundThread(
                        AUDIT,
                        auditing,
                        SECOND,
                        "writing the audit file has been hanging for ten seconds; the state is followed all the"
                                + " same, and the"
                                + " lines wait",
                        errors);
        jmx = new BackgroundThread(
                JMX,
                managing,
                WHEN_ASKED,
                "the MBean server or a listener has been hanging for ten seconds; JMX listeners are told"
                        + " nothing meanwhile",
                errors);
        reporterHangs = new HangDetector(errors, reporter);
    }

    /** @return the threads that the reporter looks after */
    HangDetector.Watched[] watchedByReporter() {
        List<HangDetector.Watched> watched = new ArrayList<HangDetector.Watched>();
        for (BackgroundThread thread : new BackgroundThread[] {policy, audit, jmx}) {
            if (thread != null) {
                watched.add(thread);
            }
        }
        return watched.toArray(new HangDetector.Watched[0]);
    }

    /** Begins to read the policy and to report. */
    void start() {
        if (policy != null) {
            policy.wake();
        }
        reporter.wake();
    }

    /** Another state is enforced: what tells of that does so now. */
    void stateChanged() {
        reporter.wake();
        if (audit != null) {
            audit.wake();
        }
    }

    /** The store was read, or the files that count with it have changed. */
    void storeRead() {
        if (policy != null) {
            policy.wake();
        }
        if (audit != null) {
            audit.keepAlive();
        }
        reporter.keepAlive();
        jmx.keepAlive();
        reporterHangs.look();
    }

    /** There is something to do for JMX. */
    void manage() {
        jmx.wake();
    }

    /**
     * Has all of them end.
     *
     * @param withdraw what the reporter does last
     * @param lastEntry what the audit does last
     * @param unregister what is done last for JMX, by another thread if its own hangs
     * @param deadlineNanos how long to wait, as {@link System#nanoTime} tells time
     * @return what hangs, a word for each
     */
    List<String> end(Runnable withdraw, Runnable lastEntry, Runnable unregister, long deadlineNanos) {
        List<String> hanging = new ArrayList<String>();
        reporter.end(withdraw);
        jmx.end(unregister);
        if (audit != null) {
            audit.end(lastEntry);
        }
        if (policy != null) {
            policy.end(new Nothing());
        }
        await(jmx, "JMX", hanging, deadlineNanos);
        if (!hanging.isEmpty()) {
            Thread other = new Thread(unregister, JMX + "-end");
            other.setDaemon(true);
            other.start();
            try {
                other.join(SECOND);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        await(reporter, "reports", hanging, deadlineNanos);
        await(audit, "audit", hanging, deadlineNanos);
        await(policy, "policy", hanging, deadlineNanos);
        return hanging;
    }

    private static void await(BackgroundThread thread, String what, List<String> hanging, long deadlineNanos) {
        try {
            if (thread != null && !thread.awaitEnd(deadlineNanos)) {
                hanging.add(what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            hanging.add(what);
        }
    }

    private static final class Nothing implements Runnable {
        @Override
        public void run() {}
    }
}
