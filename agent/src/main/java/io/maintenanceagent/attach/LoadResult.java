package io.maintenanceagent.attach;

import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.instance.AgentProperties.Outcome;
import java.util.Properties;

/** What the target itself says an attach or detach came to. Immutable. */
public final class LoadResult {

    private final Outcome outcome;
    private final String text;
    private final ActiveAgent agent;

    private LoadResult(Outcome outcome, String text, ActiveAgent agent) {
        this.outcome = outcome;
        this.text = text;
        this.agent = agent;
    }

    /**
     * Returns its answer, or {@code null} if it gave none.
     *
     * @param before what the target told before it was asked
     * @param after what it tells now
     */
    static LoadResult in(Properties before, Properties after) {
        String answer = after.getProperty(AgentProperties.ANSWER);
        if (answer == null || answer.equals(before.getProperty(AgentProperties.ANSWER))) {
            return null;
        }
        String[] parts = answer.split(" ", 3);
        try {
            return new LoadResult(Outcome.valueOf(parts[1]), parts[2], ActiveAgent.in(after));
        } catch (RuntimeException other) {
            return null; // somebody else's property, or an agent to come
        }
    }

    /** Whether there may be more to know in a moment. */
    boolean isEarly() {
        return outcome == Outcome.ATTACHED && agent != null && !agent.isStateKnown();
    }

    /** Returns what it came to. */
    public Outcome outcome() {
        return outcome;
    }

    /** Returns what there is to say besides, a clause. */
    public String text() {
        return text;
    }

    /** Returns the agent as it is now, or {@code null} if there is none. */
    public ActiveAgent agent() {
        return agent;
    }
}
