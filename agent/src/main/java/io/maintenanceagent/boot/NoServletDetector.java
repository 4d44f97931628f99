package io.maintenanceagent.boot;

import io.maintenanceagent.jvm.ListeningPorts;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.weave.WovenClasses;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Says once that nothing is woven although this JVM is a server: one that has listened on a TCP port for a while. Tools
 * and batch programs do not listen, and nothing is said where it cannot be known (anywhere but on Linux). For the
 * agent's own thread.
 */
final class NoServletDetector {

    /** How long a server listens, to its administrators perhaps, before it may be expected to have an application. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final int LOOKS = 6;

    private final WovenClasses woven;
    private final ErrorReporter errors;
    private final long patienceNanos;
    private long lookedNanos = System.nanoTime();
    private long listensSinceNanos;
    private boolean listens;
    private boolean done;

    NoServletDetector(WovenClasses woven, ErrorReporter errors) {
        this(woven, errors, PATIENCE_NANOS);
    }

    /** @param patienceNanos for how long a server has to listen; it is looked a few times meanwhile */
    NoServletDetector(WovenClasses woven, ErrorReporter errors, long patienceNanos) {
        this.woven = woven;
        this.errors = errors;
        this.patienceNanos = patienceNanos;
    }

    /** Looks if it is time to. */
    void look() {
        long now = System.nanoTime();
        if (done || now - lookedNanos < patienceNanos / LOOKS) {
            return;
        }
        lookedNanos = now;
        if (woven.count() > 0) {
            done = true;
            return;
        }
        Set<Integer> ports = ListeningPorts.find();
        if (ports.isEmpty()) {
            listens = false;
        } else if (!listens) {
            listens = true;
            listensSinceNanos = now;
        } else if (now - listensSinceNanos >= patienceNanos) {
            done = true;
            errors.report(
                    "woven",
                    "nothing is woven, though this JVM listens on the ports " + ports + ": no servlet, filter or filter"
                            + " chain was loaded so far; until one is, no request is stopped in maintenance");
        }
    }
}
