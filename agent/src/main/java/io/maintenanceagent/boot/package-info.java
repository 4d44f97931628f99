/**
 * Defines the hook, wires everything else together once, and owns the agent's threads.
 *
 * <p>All of them are daemons, and none waits for another. What may wait for somebody has a thread of its own:
 *
 * <table>
 *   <caption>The agent's threads</caption>
 *   <tr><th>Thread</th><th>What it does</th><th>What it may wait for</th></tr>
 *   <tr><td>{@code maintenance-agent}</td>
 *       <td>opens the store, reads it, waits for its changes, and replaces the enforcement snapshot, by which
 *       requests are decided ({@link io.maintenanceagent.boot.AgentLoop},
 *       {@link io.maintenanceagent.boot.Enforcer})</td>
 *       <td>the store; once, for two seconds at the most, the first policy</td></tr>
 *   <tr><td>{@code maintenance-agent-policy}</td>
 *       <td>loads extensions, reads the policy and the files that it names
 *       ({@link io.maintenanceagent.boot.PolicyWatch}); only there with one of these settings</td>
 *       <td>files, constructors of extensions</td></tr>
 *   <tr><td>{@code maintenance-agent-reporter}</td>
 *       <td>looks every second at what this JVM does, shows it, tells the store, and notices when another thread hangs
 *       ({@link io.maintenanceagent.boot.StatusReporting})</td>
 *       <td>the store's reports, the application's classes and requests that it looks at</td></tr>
 *   <tr><td>{@code maintenance-agent-audit}</td>
 *       <td>writes the audit file ({@link io.maintenanceagent.boot.Auditing}); only there with the setting</td>
 *       <td>that file</td></tr>
 *   <tr><td>{@code maintenance-agent-jmx}</td>
 *       <td>registers the MBean and tells its listeners ({@link io.maintenanceagent.jmx.MBeanRegistration})</td>
 *       <td>the MBean server, listeners</td></tr>
 *   <tr><td>{@code maintenance-agent-hold}</td>
 *       <td>ends the wait of held requests ({@link io.maintenanceagent.hold.HoldQueue}); only there while some
 *       wait</td>
 *       <td>nothing</td></tr>
 *   <tr><td>{@code maintenance-agent-sockets}</td>
 *       <td>close WebSockets and event streams, eight of them at most
 *       ({@link io.maintenanceagent.socket.SocketCloser}); only there while there is one to close</td>
 *       <td>the application's code for the end of a socket; for half a second, a client that does not read</td></tr>
 *   <tr><td>{@code maintenance-agent-schedules}</td>
 *       <td>lets held one-shots and timers go on at the end of maintenance ({@code work.schedule}); only there while
 *       some are held</td>
 *       <td>the executors and schedulers that get it back</td></tr>
 *   <tr><td>{@code maintenance-agent-stderr}</td>
 *       <td>prints lines, and ends ({@link io.maintenanceagent.report.ErrorReporter})</td>
 *       <td>standard error</td></tr>
 * </table>
 *
 * <p>A thread is asked to do its work by a flag, so asking never waits and ten requests to work are one. Extensions
 * that decide about requests run on the requests' own threads, and are not asked about requests in flight. A thread
 * that has died, or could not be started, is started again by the thread {@code maintenance-agent}, and that one by the
 * reporter.
 */
package io.maintenanceagent.boot;
