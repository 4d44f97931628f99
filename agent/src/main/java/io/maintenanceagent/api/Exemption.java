package io.maintenanceagent.api;

/**
 * Lets requests pass during maintenance that only an implementation can tell. Found by {@link java.util.ServiceLoader}
 * in the jars of the {@code extensions} directory, which see this package and the JDK, and nothing of the application.
 *
 * <p>Asked last, and only about requests that would be refused otherwise. Called on requests' threads, by many at once;
 * has to be quick.
 */
public interface Exemption {

    /**
     * Returns whether it passes; an exception counts as "no" and is reported.
     *
     * @param request the request; not to be kept
     */
    boolean exempts(RequestView request);
}
