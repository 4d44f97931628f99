package io.maintenanceagent.entrypoint;

/** How the method of an {@link EntryPoint} is woven, and what it returns where the agent has answered the request. */
public enum Weaving {

    /** A method of the servlet API, given the request and the response: asked at its begin, and told its end. */
    SERVLET(false, false),

    /** The same of a filter, or of the chain that leads to the next one: there it may be too early to decide. */
    FILTER(false, false),

    /** Returns the context of asynchronous processing, or is the constructor of one: the hook is shown it. */
    ASYNC(false, false),

    /** Returns a handshake, or is the constructor of a socket, that outlives its request: the hook is shown it. */
    OPENED(false, false),

    /** Returns where a request is over, however many threads it went through: the hook is shown which one. */
    COMPLETED(false, false),

    /** The same where it begins. */
    COMPLETING(false, false),

    /**
     * A server's own method: asked at its begin, and told its end. Returns {@code true}, {@code null} or nothing where
     * answered.
     */
    BEGIN(false, true),

    /** The same, which returns {@code false} where answered. */
    BEGIN_FALSE(false, false),

    /**
     * Asked at its begin; returns the publisher of an answer, or its own, whose end is the request's; or what else
     * stands for an answer.
     */
    PUBLISHER(false, false),

    /** Asked where it returns {@code false}: nobody has answered yet. Returns {@code true} where the agent has. */
    END(true, true),

    /** The same where it returns {@code false} or nothing, and goes on returning that. */
    END_FALSE(true, false);

    private final boolean isAtEnd;
    private final boolean answered;

    Weaving(boolean isAtEnd, boolean answered) {
        this.isAtEnd = isAtEnd;
        this.answered = answered;
    }

    /** @return whether the hook is asked where the method returns, and not where it begins */
    public boolean isAtEnd() {
        return isAtEnd;
    }

    /** @return whether a request is within the method for as long as a thread is */
    public boolean isAround() {
        return !isAtEnd && this != ASYNC && this != OPENED && this != COMPLETED && this != COMPLETING;
    }

    /** @return what the method returns where the agent has answered the request, if it returns a boolean */
    public boolean answered() {
        return answered;
    }
}
