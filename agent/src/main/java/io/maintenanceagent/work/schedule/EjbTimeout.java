package io.maintenanceagent.work.schedule;

/**
 * A timer of a bean that is due: what the agent asks of the container that has it. In maintenance nothing of it is
 * changed in the container's store: when a JVM dies meanwhile, the timer is due after its next start. Safe for any
 * thread.
 */
abstract class EjbTimeout {

    /** Returns the class of the bean, with dots. */
    abstract String className() throws ReflectiveOperationException;

    /** Returns whether the timer is due again by itself, later. */
    abstract boolean isRepeating() throws ReflectiveOperationException;

    /**
     * Leaves the timer to its schedule, without this tick.
     *
     * @return {@code false} if that cannot be done before the end of maintenance, when {@link #goesOn} does it
     */
    abstract boolean skip() throws ReflectiveOperationException;

    /** Returns whether the timer is still there. */
    abstract boolean isWanted() throws ReflectiveOperationException;

    /** Gives it back to the container, which runs it, or else skips it if it is repeating. */
    abstract void goesOn() throws ReflectiveOperationException;
}
