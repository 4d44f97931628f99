package io.maintenanceagent.boot;

import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.jvm.ListeningPorts;
import io.maintenanceagent.weave.WovenClasses;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Says once that nothing is woven although this JVM is a server: one that has listened on a TCP port for a while. Tools
 * and batch programs do not listen, and nothing is said where it cannot be known (anywhere but on Linux). For the
 * agent's own thread.
 */
final class NothingWoven {

    /** Servers may listen for their administrators long before they load an application. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final WovenClasses woven;
    private final Faults faults;
    private final long pauseNanos;
    private long lookedNanos = System.nanoTime();
    private boolean listened;
    private boolean done;

    NothingWoven(WovenClasses woven, Faults faults) {
        this(woven, faults, PAUSE_NANOS);
    }

    /** @param pauseNanos how often it is looked, and so for how long at least a server has to listen */
    NothingWoven(WovenClasses woven, Faults faults, long pauseNanos) {
        this.woven = woven;
        this.faults = faults;
        this.pauseNanos = pauseNanos;
    }

    /** Looks if it is time to. */
    void look() {
        if (done || System.nanoTime() - lookedNanos < pauseNanos) {
            return;
        }
        lookedNanos = System.nanoTime();
        done = woven.count() > 0;
        if (!done) {
            Set<Integer> ports = ListeningPorts.find();
            done = listened && !ports.isEmpty();
            listened = !ports.isEmpty();
            if (done) {
                faults.report(
                        "woven",
                        "nothing is woven, though this JVM listens on the ports " + ports + ": no servlet, filter or"
                                + " filter chain was loaded so far; until one is, no request is stopped in maintenance");
            }
        }
    }
}
