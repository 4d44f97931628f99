package io.maintenanceagent.server;

/** A request that no thread need wait with: it can be left alone, and entered into its server again later. */
public interface SuspendableExchange extends Exchange {

    @Override
    default SuspendableExchange suspendable() {
        return this;
    }

    /** Returns whether it can be left alone here. */
    default boolean maySuspend() {
        return true;
    }

    /** Returns whether it is decided further in, unless it is to wait: then its thread there is not needed. */
    default boolean isDecidedWithin() {
        return false;
    }

    /**
     * Leaves the request alone, with no answer and no thread.
     *
     * @param gone run when the client goes away before the request was entered again, as far as the server tells; on
     *     any thread, perhaps more than once
     * @return enters the request into its entry point again, on a thread of the server's: to be run once, on any
     *     thread, which it does not block
     */
    Runnable suspend(Runnable gone);
}
