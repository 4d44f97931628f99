package io.maintenanceagent.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The steps of a decision. Names rules, addresses and lists, and no secret. Not safe for threads. */
public final class Explanation {

    private final List<String> steps = new ArrayList<String>();

    void add(String step) {
        steps.add(step);
    }

    /** Returns the steps, one line each; the last one decided. */
    public List<String> steps() {
        return Collections.unmodifiableList(steps);
    }
}
