package io.maintenanceagent.jmx;

import java.util.List;
import java.util.Map;

/**
 * What JMX shows of the agent, as {@code io.maintenanceagent:type=Maintenance}. Attributes are of open types, so that
 * any client can read them; booleans are 0 and 1 to those that know numbers only.
 */
public interface MaintenanceMXBean {

    /** Returns whether a request that nothing exempts is refused now: inside the window, or by a temporary override. */
    boolean isInMaintenance();

    /** Returns the state that is enforced, as JSON, like in a state file; {@code null} until one is known. */
    String getState();

    /** Returns its source: {@code enable}, {@code store}, {@code environment} or {@code default}. */
    String getSource();

    /** Returns since when it is enforced, ISO-8601. */
    String getSince();

    /** Returns whether code in this JVM, or {@link #on}, asks for maintenance, whatever the state says. */
    boolean isOverridden();

    /** Returns whether this JVM is drained: in maintenance, and no request is running that would be refused now. */
    boolean isDrained();

    /**
     * Returns why it is not known that requests are refused here, so that it is never drained; {@code null} if it is
     * known.
     */
    String getUnenforced();

    /** Returns how many requests were let in since the start, exempt ones not among them. */
    long getPassed();

    /** Returns how many requests were refused since the start. */
    long getRefused();

    /** Returns how many were let in since the start by a rule, an exemption or a bypass. */
    long getExempt();

    /** Returns how many were let in since the start because their client is in the share that the state lets in. */
    long getAdmitted();

    /**
     * Returns which share of the clients is let in, in percent: 100 out of maintenance, 0 in maintenance without a
     * share.
     */
    double getShare();

    /** Returns how many requests wait for the end of maintenance now. */
    long getHeld();

    /** Returns how many have waited since the start. */
    long getHeldTotal();

    /** Returns how many requests are running. */
    int getInFlight();

    /** Returns how many of them are asynchronous: between {@code startAsync} and completion. */
    int getInFlightAsync();

    /** Returns how many of them were let in for a reason that holds in maintenance. */
    int getInFlightExempt();

    /** Returns how many of them began before the agent was attached, so that nothing else is known of them. */
    int getInFlightPreAttach();

    /** Returns how many of them would be refused if they began now; this JVM is drained when there are none. */
    int getInFlightBlocking();

    /** Returns the oldest of those that block, or of all if none blocks; {@code null} if there is none. */
    InFlightRequestData getOldestRequest();

    /**
     * Returns what is in flight of each kind of work that is guarded besides requests, by its name in {@code guard}.
     */
    Map<String, WorkData> getWork();

    /** Returns the WebSockets that are open; {@code null} if the policy does not ask to close them in maintenance. */
    SocketsData getSockets();

    /** Returns what may do other work in this JVM and is not guarded, as people call it, with its kind. */
    List<String> getUnguarded();

    /** Returns how many classes of servlets, filters and filter chains are woven. */
    int getWovenClasses();

    /** Returns how many faults the agent has met since the start. */
    long getFaults();

    /** Returns the last one, or {@code null} if there was none. */
    String getLastError();

    /** Returns the name that this JVM reports under. */
    String getApp();

    /** Returns the agent's version. */
    String getVersion();

    /**
     * Begins a temporary override: maintenance in this JVM until {@link #off} or the JVM's end, whatever the state
     * says. Called again, it changes the message.
     *
     * @param message what to tell refused clients; empty or {@code null} for the default
     */
    void on(String message);

    /** Ends what {@link #on} began. Then the state and overrides of the application's own code decide again. */
    void off();
}
