package io.maintenanceagent.jmx;

import io.maintenanceagent.work.WorkSnapshot;
import io.maintenanceagent.work.Writer;
import java.util.ArrayList;
import java.util.List;

/** A kind of work that is no request, as JMX shows it. Immutable. */
public final class WorkData {

    private final int inFlight;
    private final int blocking;
    private final int held;
    private final long stopped;
    private final String oldest;
    private final long oldestSeconds;
    private final List<WriterData> writers = new ArrayList<WriterData>();

    WorkData(WorkSnapshot snapshot) {
        inFlight = snapshot.inFlight();
        blocking = snapshot.blocking();
        held = snapshot.held();
        stopped = snapshot.stopped();
        oldest = snapshot.oldest();
        oldestSeconds = snapshot.oldestSeconds();
        for (Writer writer : snapshot.writers()) {
            writers.add(new WriterData(writer));
        }
    }

    /** Returns how many units are in flight. */
    public int getInFlight() {
        return inFlight;
    }

    /** Returns how many of them would be stopped if they began now. */
    public int getBlocking() {
        return blocking;
    }

    /** Returns how many are held until the end of maintenance. */
    public int getHeld() {
        return held;
    }

    /** Returns how many were not let begin since the start. */
    public long getStopped() {
        return stopped;
    }

    /** Returns the name of the oldest of those that block, or of all if none blocks; {@code null} if there is none. */
    public String getOldest() {
        return oldest;
    }

    /** Returns who writes in maintenance, where that is watched; who does most first. */
    public List<WriterData> getWriters() {
        return writers;
    }

    /** Returns for how many seconds that has been running. */
    public long getOldestSeconds() {
        return oldestSeconds;
    }
}
