package io.maintenanceagent.instance;

import io.maintenanceagent.work.WorkSnapshot;
import java.util.Collections;
import java.util.List;

/** What is known of work that is no request, at one time. Immutable. */
public final class WorkStatus {

    /** Nothing is. */
    public static final WorkStatus NONE =
            new WorkStatus(Collections.<WorkSnapshot>emptyList(), Collections.<String>emptyList());

    private final List<WorkSnapshot> kinds;
    private final List<String> unguarded;

    /**
     * @param kinds what is in flight of each kind that is guarded
     * @param unguarded what is there and not guarded, as people call it, with the kind
     */
    public WorkStatus(List<WorkSnapshot> kinds, List<String> unguarded) {
        this.kinds = kinds;
        this.unguarded = unguarded;
    }

    /** Returns what is in flight of each kind that is guarded. */
    public List<WorkSnapshot> kinds() {
        return kinds;
    }

    /** Returns what is there and not guarded, as people call it, with the kind. */
    public List<String> unguarded() {
        return unguarded;
    }

    /** Returns how many units of work would be stopped if they began now; the JVM is drained when there are none. */
    public int blocking() {
        int blocking = 0;
        for (WorkSnapshot kind : kinds) {
            blocking += kind.blocking();
        }
        return blocking;
    }

    /** Returns whether it differs from another in what is reported at once. */
    boolean differsFrom(WorkStatus other) {
        boolean differs = kinds.size() != other.kinds.size() || !unguarded.equals(other.unguarded);
        for (int i = 0; i < kinds.size() && !differs; i++) {
            WorkSnapshot mine = kinds.get(i);
            WorkSnapshot others = other.kinds.get(i);
            differs = mine.blocking() != others.blocking() || mine.held() != others.held();
        }
        return differs;
    }
}
