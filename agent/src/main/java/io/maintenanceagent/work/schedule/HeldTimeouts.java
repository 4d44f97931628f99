package io.maintenanceagent.work.schedule;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.WorkGuard;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Timers of beans that are due and stopped, without the threads of their container, which gets them back at the end of
 * maintenance, in the order in which they were due. Safe for any thread.
 */
final class HeldTimeouts extends EndWatch {

    private final List<Held> timeouts = new ArrayList<Held>(); // guarded by this

    HeldTimeouts(WorkGuard guard) {
        super(guard);
    }

    /**
     * Holds a timer.
     *
     * @param timeout the timer
     * @param className the class of its bean
     * @param counts whether it is to run at the end: else it is skipped then
     */
    synchronized void hold(EjbTimeout timeout, String className, boolean counts) {
        watch();
        timeouts.add(new Held(timeout, className, counts));
        if (counts) {
            guard.countHeld(WorkKind.SCHEDULES, 1);
        }
    }

    @Override
    boolean look() {
        for (Iterator<Held> all = timeouts.iterator(); all.hasNext(); ) {
            Held one = all.next();
            boolean wanted = one.isWanted();
            if (!wanted || !guard.stops(WorkKind.SCHEDULES, one.className)) {
                all.remove();
                if (one.counts) {
                    guard.countHeld(WorkKind.SCHEDULES, -1);
                }
                if (wanted) {
                    one.goesOn();
                }
            }
        }
        return !timeouts.isEmpty();
    }

    private static final class Held {
        final EjbTimeout timeout;
        final String className;
        final boolean counts;

        Held(EjbTimeout timeout, String className, boolean counts) {
            this.timeout = timeout;
            this.className = className;
            this.counts = counts;
        }

        boolean isWanted() {
            try {
                return timeout.isWanted();
            } catch (ReflectiveOperationException | RuntimeException e) {
                return false; // its container is gone
            }
        }

        void goesOn() {
            try {
                timeout.goesOn();
            } catch (ReflectiveOperationException | RuntimeException e) {
                // Its container is being stopped: what it has in its store it runs after its next start.
            }
        }
    }
}
