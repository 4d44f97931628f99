package io.maintenanceagent.work.schedule;

/**
 * When schedules were last paused: ticks that were due then are skipped also after the end, when a scheduler catches up
 * with them. Safe for any thread.
 */
final class SkippedTicks {

    /** A pause that follows another one so soon is one with it: the scheduler may still be catching up. */
    private static final long SOON_MILLIS = 60_000;

    private static final long OPEN = Long.MAX_VALUE;

    private long begin = OPEN; // guarded by this; so is the next
    private long end;

    /**
     * Something was stopped.
     *
     * @param millis when it was due, or now, in milliseconds since 1970
     */
    synchronized void stopped(long millis) {
        if (begin == OPEN || end != OPEN && millis - end > SOON_MILLIS) {
            begin = millis;
        } else {
            begin = Math.min(begin, millis);
        }
        end = OPEN;
    }

    /**
     * Nothing is stopped any more.
     *
     * @param epochMillis now, in milliseconds since 1970
     */
    synchronized void ended(long epochMillis) {
        if (begin != OPEN && end == OPEN) {
            end = epochMillis;
        }
    }

    /**
     * Returns the last moment of a pause that is over.
     *
     * @param dueMillis when a tick was due
     * @return in milliseconds since 1970; the given time if it was not due in a pause
     */
    synchronized long lastOf(long dueMillis) {
        return includes(dueMillis) ? end - 1 : dueMillis;
    }

    /** Returns whether a tick was due in a pause that is over. */
    synchronized boolean includes(long dueMillis) {
        return begin != OPEN && end != OPEN && dueMillis >= begin && dueMillis < end;
    }
}
