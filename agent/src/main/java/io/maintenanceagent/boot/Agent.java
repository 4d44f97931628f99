package io.maintenanceagent.boot;

import io.maintenanceagent.config.Settings;
import io.maintenanceagent.entrypoint.EntryPoints;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.OpenSockets;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.instance.AgentProperties.Outcome;
import io.maintenanceagent.instance.StatusCollector;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.intercept.PublisherInterceptor;
import io.maintenanceagent.intercept.RequestInterceptor;
import io.maintenanceagent.intercept.ServerEntryInterceptor;
import io.maintenanceagent.jvm.NativeText;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.socket.OpeningSockets;
import io.maintenanceagent.socket.SocketCloser;
import io.maintenanceagent.weave.LoadedClasses;
import io.maintenanceagent.weave.UncoveredServers;
import io.maintenanceagent.weave.WeavingTransformer;
import io.maintenanceagent.weave.WovenClasses;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The agent of this JVM: wires the store to the enforcement and the interceptor to the hook.
 *
 * <pre>
 * a flip:     store → state → enforcement
 * a request:  hook → interceptor → decision → response
 * </pre>
 *
 * <p>There is one, since the hook can be claimed once: whoever attaches later talks to it, and it comes back after a
 * detach. What lives as long as the hook is made once; what follows a store, from each activation until its detach.
 */
public final class Agent {

    /** How long a detach waits for the agent's threads, which may be waiting for a store. */
    private static final long GOODBYE_MILLIS = 5_000;

    private static Agent agent; // guarded by the class; null until the hook is claimed

    private final Class<?> hook;
    private final ErrorReporter errors;
    private final Enforcement enforcement;
    private final WovenClasses woven = new WovenClasses();
    private final UncoveredServers servers = new UncoveredServers();
    private final AtomicBoolean annotations = new AtomicBoolean();
    private final InFlightRequests requests = new InFlightRequests();
    private final PreAttachRequests earlier = new PreAttachRequests(woven);
    private final RequestCounts counts = new RequestCounts(requests);
    private final OpenSockets sockets = new OpenSockets();

    private GuardedWork work; // null until work is guarded that is no request; guarded by the class

    // From an activation until its detach, and null in between; guarded by the class.
    private Settings settings;
    private Instrumentation instrumentation; // only the one that added a transformer can remove it
    private EntryPoints entryPoints;
    private WeavingTransformer transformer;
    private AgentProperties agentProperties;
    private Activation activation;

    private Agent(Class<?> hook, ErrorReporter errors) {
        this.hook = hook;
        this.errors = errors;
        this.enforcement = new Enforcement(annotations, errors);
    }

    /**
     * Starts the agent together with the JVM. Returns quickly: the first state is read on the agent's own thread, and
     * requests that are there earlier wait for it.
     *
     * @param argument the agent's argument, or {@code null}
     * @param instrumentation the agent's
     * @param errors where faults are reported; whatever goes wrong here, the application starts
     */
    public static synchronized void start(String argument, Instrumentation instrumentation, ErrorReporter errors) {
        if (agent == null) {
            agent = claim(instrumentation, errors);
        }
        if (agent != null && agent.activation == null) {
            agent.activate(argument, instrumentation, false);
        } else if (agent != null) {
            agent.errors.report("agent", "the agent is given to this JVM more than once; the first one's options hold");
        }
    }

    /**
     * Does in a running JVM what whoever attaches wants: starts the agent, asks the one that is there, or takes it out.
     * The {@link AgentProperties} answers.
     *
     * @param argument the agent's argument: {@value AgentProperties#DETACH}, {@value AgentProperties#END_OVERRIDE}, or
     *     options, or {@code null}
     * @param instrumentation the one of this call
     * @param errors where faults are reported if this is the first agent
     */
    public static synchronized void attach(String argument, Instrumentation instrumentation, ErrorReporter errors) {
        boolean active = agent != null && agent.activation != null;
        if (argument != null && argument.trim().equals(AgentProperties.DETACH)) {
            if (active) {
                agent.detach();
            } else {
                AgentProperties.answer(Outcome.FAILED, "the agent is not active there");
            }
        } else if (argument != null && argument.trim().equals(AgentProperties.END_OVERRIDE)) {
            if (active) {
                agent.endOverride();
            } else {
                AgentProperties.answer(Outcome.FAILED, "the agent is not active there");
            }
        } else if (active) {
            agent.compare(argument);
        } else {
            if (agent == null) {
                agent = claim(instrumentation, errors);
            }
            if (agent == null) {
                AgentProperties.answer(Outcome.FAILED, errors.last());
            } else {
                agent.activate(argument, instrumentation, true);
            }
        }
    }

    /** The agent, if the hook is free for it. */
    private static Agent claim(Instrumentation instrumentation, ErrorReporter errors) {
        Class<?> hook;
        try {
            hook = HookDefiner.define(instrumentation);
        } catch (Throwable e) {
            cannotHook(e, errors);
            return null;
        }
        Agent first = new Agent(hook, errors);
        RequestInterceptor requests =
                new RequestInterceptor(first.enforcement, first.requests, first.earlier, first.counts, errors);
        ServerEntryInterceptor servers = new ServerEntryInterceptor(requests, first.woven, errors);
        PublisherInterceptor publishers = new PublisherInterceptor(first.requests, errors);
        try {
            if (Hook.claim(hook, requests, servers, publishers, first.woven)) {
                Hook.offer(hook, first.enforcement);
                Hook.offerSockets(hook, new OpeningSockets(first.requests, first.sockets, errors));
                return first;
            }
            errors.report("agent", "another agent is active in this JVM already; this one does nothing");
        } catch (Throwable e) {
            cannotHook(e, errors);
        }
        return null;
    }

    private static void cannotHook(Throwable e, ErrorReporter errors) {
        Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
        errors.report("agent", "the hook cannot be defined (" + cause + "); nothing is woven, the agent does nothing");
    }

    private void activate(String argument, Instrumentation own, boolean attached) {
        settings = Settings.read(argument, new SystemProperties(), NativeText.environment(), errors);
        instrumentation = own;
        entryPoints = EntryPoints.of(settings.guards(Settings.HTTP), settings.guardedWork());
        transformer = new WeavingTransformer(entryPoints, woven, servers, annotations, errors);
        agentProperties = new AgentProperties(attached);
        int refused = 0;
        try {
            if (!settings.guardedWork().isEmpty()) {
                guardWork();
            }
            if (!entryPoints.isEmpty()) {
                instrumentation.addTransformer(transformer, true);
                // At a start as well: an archive of the JDK's or another agent may have brought classes before.
                Class<?>[] loaded = instrumentation.getAllLoadedClasses();
                refused = new LoadedClasses(entryPoints, instrumentation, woven, errors).weave(loaded);
                servers.seen(loaded);
                if (attached) {
                    findEarlier();
                }
            }
            enforcement.close(settings.audit() != null, !attached);
            agentProperties.follows(settings.app(), settings.source(), settings.store() == null);
            agentProperties.show(AgentProperties.UNKNOWN, woven.count(), null);
            CoverageCheck coverage = new CoverageCheck(woven, servers, counts, errors);
            SocketCloser closer = new SocketCloser(enforcement, requests, sockets, errors);
            activation = new Activation(
                    settings,
                    enforcement,
                    new StatusCollector(
                            enforcement,
                            requests,
                            earlier,
                            counts,
                            coverage,
                            new WorkReporting(work == null ? null : work.guard(), settings.guardedWork(), servers),
                            closer),
                    coverage,
                    closer,
                    woven,
                    agentProperties,
                    errors);
            activation.start();
        } catch (Throwable fault) {
            deactivate(); // where no thread can be started, say: as if it had not been tried
            throw fault;
        }
        if (attached) {
            AgentProperties.answer(
                    Outcome.ATTACHED,
                    "follows " + settings.source()
                            + (refused == 0
                                    ? ""
                                    : "; " + refused + " classes cannot be woven, as its standard error says"));
        }
    }

    /** Requests and other work that have begun before the agent came. */
    private void findEarlier() {
        Collection<Thread> virtual = VirtualThreads.find(instrumentation);
        if (settings.guards(Settings.HTTP)) {
            earlier.find(virtual);
        }
        if (!settings.guardedWork().isEmpty()) {
            work.findEarlier(settings.guardedWork(), virtual);
        }
    }

    private void guardWork() {
        if (work == null) {
            work = new GuardedWork(hook, enforcement, errors);
        }
        work.guard(settings.guardedWork(), enforcement, requests, earlier);
    }

    private void compare(String argument) {
        List<String> different =
                settings.differences(argument, new SystemProperties(), NativeText.environment(), errors);
        if (different.isEmpty()) {
            AgentProperties.answer(Outcome.ACTIVE, "follows " + settings.source());
        } else {
            AgentProperties.answer(
                    Outcome.OPTIONS_NOT_TAKEN,
                    "has other settings for " + different + " and keeps them, and follows " + settings.source());
        }
        errors.flush();
    }

    private void endOverride() {
        boolean ended = enforcement.override().end();
        boolean on = enforcement.isOn(System.currentTimeMillis());
        AgentProperties.answer(
                Outcome.OVERRIDE_ENDED,
                (ended ? "its temporary override has ended" : "it had no temporary override")
                        + (on ? "; maintenance is on there all the same, see status" : ""));
        errors.flush();
    }

    /** Requests that run go on as they began, and those that come are nothing to the agent any more. */
    private void detach() {
        boolean on = enforcement.isOn(System.currentTimeMillis());
        List<String> hanging = activation.stop(GOODBYE_MILLIS);
        int refused = deactivate();
        List<String> remarks = new ArrayList<String>();
        if (on) {
            remarks.add("maintenance was on, and is over there");
        }
        if (refused > 0) {
            remarks.add(refused + " classes stay woven, and let everything pass");
        }
        if (!hanging.isEmpty()) {
            remarks.add("a thread of the agent's hangs and stays, without any effect: " + String.join(", ", hanging));
        }
        AgentProperties.answer(Outcome.DETACHED, String.join("; ", remarks));
        errors.flush();
    }

    /** @return how many classes stay woven */
    private int deactivate() {
        enforcement.open();
        instrumentation.removeTransformer(transformer);
        int refused = new LoadedClasses(entryPoints, instrumentation, woven, errors).unweave();
        agentProperties.hide();
        if (activation != null) {
            activation.close();
        }
        settings = null;
        instrumentation = null;
        entryPoints = null;
        transformer = null;
        agentProperties = null;
        activation = null;
        return refused;
    }

    private static final class SystemProperties implements Settings.Lookup {
        @Override
        public String get(String name) {
            try {
                return NativeText.recover(System.getProperty(name));
            } catch (SecurityException hidden) {
                return null;
            }
        }
    }
}
