package io.maintenanceagent.server;

import io.maintenanceagent.api.RequestView;
import java.util.Collections;
import java.util.List;

/**
 * A request at an entry of the container's own, before any filter or servlet: what it is, and how it is answered there.
 * Used on the request's thread; an exception of the container's objects goes through as it is.
 */
public interface Exchange {

    /** @return what is kept of the request while it runs */
    RequestSnapshot requestSnapshot();

    /** @return whether it goes on asynchronously, and so belongs to a request that was let in */
    default boolean isAsyncStarted() {
        return false;
    }

    /** @return whether there is an application further in, so that a login may come before it */
    boolean mayAuthenticate();

    /** @return whether it may be sent on to a servlet that is not known here */
    default boolean mayForward() {
        return false;
    }

    /** @return whether it comes to an entry again on another thread, unless it is refused here */
    default boolean isDispatchedAgain() {
        return false;
    }

    /**
     * @return whether it comes to another entry point within, unless it is let in here: a refused one is answered
     *     there, and counted
     */
    default boolean isAnsweredWithin() {
        return false;
    }

    /**
     * @return the object by which the server knows the request on whatever thread; {@code null} if it never comes to an
     *     entry on another one
     */
    default Object identity() {
        return null;
    }

    /** @return whether its thread may wait; event loops must not, whose other requests would wait as well */
    default boolean mayWait() {
        return true;
    }

    /**
     * @return how many threads its server has for requests; {@link ServerThreads#UNKNOWN} if that cannot be known.
     *     Asked only where requests are held
     */
    default int serverThreads() {
        return ServerThreads.UNKNOWN;
    }

    /**
     * @return the object by which the server tells that the request is over
     *     ({@link io.maintenanceagent.entrypoint.Weaving#COMPLETED}); {@code null} if it is where the entry point ends
     */
    default Object completion() {
        return null;
    }

    /** @return this, if it can be left alone and entered into its server again later; else {@code null} */
    default SuspendableExchange suspendable() {
        return null;
    }

    /** @return this, if an application may send it on to another server of the same JVM; else {@code null} */
    default ForwardableExchange forwardable() {
        return null;
    }

    /** @return this, if its answer is a publisher; else {@code null} */
    default PublisherExchange publishing() {
        return null;
    }

    /** @return the request as each application would see it that it may be for; more than one where that is open */
    default List<RequestView> readings() {
        return Collections.singletonList(request());
    }

    /**
     * @return the name of a class, with dots, with an entry point further in that knows more of the request: where it
     *     is woven, the request is left to it; {@code null} if there is none
     */
    default String yieldsTo() {
        return null;
    }

    /** @return the request, of which nothing but the user changes further in */
    RequestView request();

    /** @return the response */
    ResponseSink response();
}
