package io.maintenanceagent.api;

/**
 * Exempts requests from maintenance by code. Found by {@link java.util.ServiceLoader} in the jars of the
 * {@code extensions} directory, which see this package and the JDK, and nothing of the application.
 *
 * <p>Asked last, and only about requests that would be refused otherwise. Called on requests' threads, by many at once;
 * has to be quick.
 */
public interface Exemption {

    /**
     * Returns whether a request is exempt; if this throws, the request is not exempt, and the exception is reported.
     *
     * @param request the request; not to be kept
     */
    boolean exempts(RequestView request);
}
