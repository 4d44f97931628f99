package io.maintenanceagent.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The steps of a decision. Names rules, addresses and lists, and no secret. Not thread-safe. */
public final class Explanation {

    private final List<String> steps = new ArrayList<String>();

    void add(String step) {
        steps.add(step);
    }

    void addAll(Explanation other) {
        steps.addAll(other.steps);
    }

    /** Returns one for a part of a decision; {@code null} where there is none for the whole. */
    static Explanation within(Explanation whole) {
        return whole == null ? null : new Explanation();
    }

    /** Returns the steps, one line each; the last one decided. */
    public List<String> steps() {
        return Collections.unmodifiableList(steps);
    }
}
