package io.maintenanceagent.server;

/** A request whose answer is a publisher, which the server subscribes to. */
public interface PublisherExchange extends Exchange {

    @Override
    default PublisherExchange publishing() {
        return this;
    }

    /**
     * @return the publisher of what was {@link ResponseSink#send sent}, of the type that the woven method returns; one
     *     that completes the response as it is if nothing was sent
     */
    Object answer();

    /** {@inheritDoc} It may be an event loop. */
    @Override
    default boolean mayWait() {
        return false;
    }
}
