package io.maintenanceagent.server;

/** A request that an application, once it is let in, may send on to another server of the same JVM, as a proxy does. */
public interface ForwardableExchange extends Exchange {

    @Override
    default ForwardableExchange forwardable() {
        return this;
    }

    /**
     * Puts a header into the request that the application gets, and that a proxy sends on. Called before it is let in.
     *
     * @param name the header's name
     * @param mark its value, in place of what a client has sent; {@link Marked#mark} of the completion returns it from
     *     then on
     */
    void mark(String name, String mark);

    /** By what a marked request is known once it is let in ({@link Exchange#completion}). */
    interface Marked {

        /** @return its mark, or {@code null} if it has none */
        String mark();
    }
}
