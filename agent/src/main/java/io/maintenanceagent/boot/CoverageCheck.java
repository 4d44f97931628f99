package io.maintenanceagent.boot;

import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.jvm.ListeningPorts;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.weave.UncoveredServers;
import io.maintenanceagent.weave.WovenClasses;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether this JVM is known to refuse requests in maintenance. It is, if requests have come through what is woven, or a
 * server is woven where it gets its requests. It is not
 *
 * <ul>
 *   <li>if there is a server that is not woven, whatever else there is;
 *   <li>if this JVM has listened on a TCP port for a while and nothing has come through anything that is woven: a class
 *       of an application that is never used may be woven as well. Known on Linux only.
 * </ul>
 *
 * <p>Tools and batch programs do not listen, and nothing is said of them. {@link #get} is for any thread, the rest for
 * the reporter's.
 */
final class CoverageCheck implements Supplier<String> {

    private static final String SUBJECT = "coverage";

    /** How long a server listens, to its administrators perhaps, before it may be expected to have an application. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** In maintenance somebody may be waiting to hear that all are drained. */
    private static final long PATIENCE_IN_MAINTENANCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int LOOKS = 5;

    private final WovenClasses woven;
    private final UncoveredServers servers;
    private final RequestCounts counts;
    private final ErrorReporter errors;
    private final boolean patient;

    private volatile String reason;
    private long lookedNanos = System.nanoTime();
    private long listensSinceNanos;
    private Set<Integer> ports;

    /**
     * @param woven what is woven
     * @param servers what is not
     * @param counts what came through
     * @param errors where it is reported that requests are not refused here
     */
    CoverageCheck(WovenClasses woven, UncoveredServers servers, RequestCounts counts, ErrorReporter errors) {
        this(woven, servers, counts, errors, true);
    }

    /** @param patient {@code false} to look at once and at each look */
    CoverageCheck(
            WovenClasses woven, UncoveredServers servers, RequestCounts counts, ErrorReporter errors, boolean patient) {
        this.woven = woven;
        this.servers = servers;
        this.counts = counts;
        this.errors = errors;
        this.patient = patient;
    }

    /**
     * @return why it is not known that requests are refused here, a clause that JSON can quote as it is; or
     *     {@code null}
     */
    @Override
    public String get() {
        return reason;
    }

    /**
     * Looks if it is time to, and says so if somebody has to know.
     *
     * @param inMaintenance whether there is maintenance now
     * @return as {@link #get}
     */
    String look(boolean inMaintenance) {
        boolean served = counts.total() > 0 || woven.hasServer() || servers.hasCovered();
        List<String> uncovered = servers.found(served);
        if (!uncovered.isEmpty()) {
            reason = String.join(" and ", uncovered) + " is here, whose requests do not go through the agent";
        } else if (served) {
            reason = null;
        } else if (listensFor(inMaintenance ? PATIENCE_IN_MAINTENANCE_NANOS : PATIENCE_NANOS)) {
            reason = woven.count() == 0
                    ? "nothing is woven, though this JVM listens on the ports " + ports
                    : "no request has come through anything woven, though this JVM listens on the ports " + ports;
        } else if (ports == null) {
            reason = null;
        }
        if (reason == null) {
            errors.resolve(SUBJECT);
        } else if (inMaintenance || uncovered.isEmpty() && woven.count() == 0) {
            errors.report(SUBJECT, "this JVM does not count as refusing requests in maintenance: " + reason);
        }
        return reason;
    }

    private boolean listensFor(long patienceNanos) {
        long now = System.nanoTime();
        if (patient && now - lookedNanos < patienceNanos / LOOKS) {
            return ports != null && now - listensSinceNanos >= patienceNanos;
        }
        lookedNanos = now;
        Set<Integer> found = ListeningPorts.find();
        if (found.isEmpty()) {
            ports = null;
            return false;
        }
        boolean isNew = ports == null;
        ports = found;
        if (isNew) {
            listensSinceNanos = now;
        }
        return !isNew && (!patient || now - listensSinceNanos >= patienceNanos);
    }
}
