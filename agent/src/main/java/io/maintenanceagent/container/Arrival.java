package io.maintenanceagent.container;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.servlet.Answerable;
import io.maintenanceagent.servlet.RememberedRequest;

/**
 * A request at an entry of the container's own, before any filter or servlet: what it is, and how it is answered there.
 * Used on the request's thread; an exception of the container's objects goes through as it is.
 */
public interface Arrival {

    /** @return what is kept of the request while it runs */
    RememberedRequest remembered();

    /** @return whether there is an application further in, so that a login may come before it */
    boolean mayLogIn();

    /** @return whether it may be sent on to a servlet that is not known here */
    default boolean maySendOn() {
        return false;
    }

    /** @return whether it comes to an entry again on another thread, unless it is refused here */
    default boolean comesAgain() {
        return false;
    }

    /** @return the request, of which nothing but the user changes further in */
    RequestView request();

    /** @return the response */
    Answerable response();
}
