package io.maintenanceagent.api;

/**
 * What a decision may know of a request: a view that needs no servlet API and never touches the request's body.
 *
 * <p>Valid on the request's thread, until the decision is made. Reading it changes nothing.
 */
public interface RequestView {

    /** @return the request method as it was sent, {@code GET} for instance; never {@code null} */
    String method();

    /**
     * @return the path that the container routes by: context path, servlet path and path info, decoded, without
     *     {@code ;parameters} and dot segments, beginning with a slash; never {@code null}
     */
    String path();

    /** @return the context path, {@code ""} for the root context; never {@code null} */
    String contextPath();

    /** @return the host that the client asked for, without port, as the container tells it; {@code ""} if it does not */
    String host();

    /**
     * @param name a header's name, in any case
     * @return its first value, or {@code null} if the request has no such header
     */
    String header(String name);
}
