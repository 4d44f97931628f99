package io.maintenanceagent.api;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision may know of a request: a view that needs no servlet API and never touches the request's body.
 *
 * <p>Valid on the request's thread, until the decision is made. Reading it changes nothing.
 */
public interface RequestView {

    /** Returns the request method as it was sent, {@code GET} for instance; never {@code null}. */
    String method();

    /**
     * Returns the path that the container routes by: context path, servlet path and path info, decoded, without
     * {@code ;parameters} and dot segments, beginning with a slash; never {@code null}.
     */
    String path();

    /** Returns the context path, {@code ""} for the root context; never {@code null}. */
    String contextPath();

    /**
     * Returns the host that the client asked for, without port, as the container tells it; {@code ""} if it does not.
     */
    String host();

    /**
     * Returns the first value of a header, or {@code null} if the request has no such header.
     *
     * @param name a header's name, in any case
     */
    @Nullable
    String header(String name);

    /**
     * Returns all values of a header, in their order; empty if the request has no such header.
     *
     * @param name a header's name, in any case
     */
    default List<String> headers(String name) {
        String first = header(name);
        return first == null ? Collections.<String>emptyList() : Collections.singletonList(first);
    }

    /** Returns the path of the request line as it was sent, undecoded, with {@code ;parameters}, without query. */
    default String requestUri() {
        return path();
    }

    /** Returns the query string as it was sent, or {@code null} if there is none. */
    default @Nullable String query() {
        return null;
    }

    /**
     * Returns the address of the connection's other end, a proxy perhaps, as the container tells it; {@code ""} if not.
     */
    default String remoteAddress() {
        return "";
    }

    /** Returns whether the request came over a secure connection, as the container tells it. */
    default boolean isSecure() {
        return false;
    }

    /**
     * Returns whether the container has authenticated the user already, and the user has the role.
     *
     * @param role a role's name
     */
    default boolean isUserInRole(String role) {
        return false;
    }

    /** Returns the name of the servlet that the request is mapped to, or {@code null} if it cannot be known. */
    default @Nullable String servletName() {
        return null;
    }

    /** Returns the class name of the servlet that the request is mapped to, or {@code null} if it cannot be known. */
    default @Nullable String servletClass() {
        return null;
    }

    /**
     * Returns the class names of the annotations that the class of the servlet has, inherited ones included; empty if
     * they cannot be known.
     */
    default Collection<String> servletAnnotations() {
        return Collections.<String>emptySet();
    }

    /**
     * Returns whether certainly nothing serves the request: it is mapped to the container's default servlet, there is
     * no such resource, and there is no filter that could serve it.
     */
    default boolean isUnmapped() {
        return false;
    }
}
