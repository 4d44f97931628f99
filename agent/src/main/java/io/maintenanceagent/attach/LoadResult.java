package io.maintenanceagent.attach;

import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.instance.AgentProperties.Outcome;
import java.util.Properties;

/** The result of an attach or detach, as the target tells it. Immutable. */
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
     * Returns the target's result, or {@code null} if it told none.
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
        } catch (RuntimeException ignored) {
            return null; // another library's property, or one of a later agent
        }
    }

    /** Whether the agent may tell more in a moment. */
    boolean isEarly() {
        return outcome == Outcome.ATTACHED && agent != null && !agent.isStateKnown();
    }

    /** Returns the outcome. */
    public Outcome outcome() {
        return outcome;
    }

    /** Returns what the target adds, a clause. */
    public String text() {
        return text;
    }

    /** Returns the agent as it is now, or {@code null} if there is none. */
    public ActiveAgent agent() {
        return agent;
    }
}
