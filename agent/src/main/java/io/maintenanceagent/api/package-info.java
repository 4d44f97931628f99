/**
 * What applications and extensions see of the Maintenance Agent. It needs nothing but the JDK, Java 8 or later, and
 * does nothing without the agent.
 *
 * <p><b>In an application:</b> put {@code maintenance-agent-VERSION-api.jar} on its class path, into its WAR or its
 * executable jar, and
 *
 * <ul>
 *   <li>ask for maintenance while something is done that requests must not see:
 *       {@link io.maintenanceagent.api.MaintenanceMode#on(String)};
 *   <li>ask whether there is maintenance, before a background job writes:
 *       {@link io.maintenanceagent.api.MaintenanceMode#isOn()};
 *   <li>mark servlet classes that are always, or never, in maintenance:
 *       {@link io.maintenanceagent.api.ForceMaintenanceOn}, {@link io.maintenanceagent.api.ForceMaintenanceOff}.
 * </ul>
 *
 * <p><b>In an extension:</b> a jar in the directory that the agent's setting {@code extensions} names, with an
 * implementation of {@link io.maintenanceagent.api.Exemption}, {@link io.maintenanceagent.api.ResponseRenderer} or
 * {@link io.maintenanceagent.api.StateStoreFactory}, and its class name in
 * {@code META-INF/services/io.maintenanceagent.api.…} ({@link java.util.ServiceLoader}). Extensions see this package
 * and the JDK, and nothing of the application. They see requests as a {@link io.maintenanceagent.api.RequestView},
 * which is the same for {@code javax} and {@code jakarta}.
 */
package io.maintenanceagent.api;
