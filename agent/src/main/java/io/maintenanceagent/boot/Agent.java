package io.maintenanceagent.boot;

import io.maintenanceagent.config.Settings;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.gate.Gate;
import io.maintenanceagent.weave.LoadedClasses;
import io.maintenanceagent.weave.WeavingTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;

/**
 * The agent of this JVM: wires the store to the gate and the gate to the hook, once.
 *
 * <pre>
 * a flip:     store → watcher → state → gate
 * a request:  hook → gate → state → answer
 * </pre>
 */
public final class Agent {

    private Agent() {}

    /**
     * Starts the agent. Returns quickly: the first state is read on the agent's own thread, and requests that are there
     * earlier wait for it.
     *
     * @param argument the agent's argument, or {@code null}
     * @param instrumentation the agent's
     * @param running whether the application has started, so that some of its classes may be loaded already
     * @param faults where faults are reported; whatever goes wrong here, the application starts
     */
    public static void start(String argument, Instrumentation instrumentation, boolean running, Faults faults) {
        AtomicReference<BiPredicate<Object, Object>> place;
        try {
            place = claim(HookDefiner.define(instrumentation));
        } catch (InvocationTargetException e) {
            cannotHook(e.getCause(), faults);
            return;
        } catch (Throwable e) {
            cannotHook(e, faults);
            return;
        }
        if (place == null) {
            faults.report("agent", "another agent is active in this JVM already; this one does nothing");
            return;
        }
        Settings settings = Settings.read(argument, new SystemProperties(), System.getenv(), faults);
        Gate gate = new Gate(place, faults);
        gate.close();
        WeavingTransformer transformer = new WeavingTransformer(faults);
        AgentLoop.start(settings, gate, transformer, faults);
        instrumentation.addTransformer(transformer, true);
        if (running) {
            LoadedClasses.weave(instrumentation, faults);
        }
    }

    private static void cannotHook(Throwable cause, Faults faults) {
        faults.report("agent", "the hook cannot be defined (" + cause + "); nothing is woven, the agent does nothing");
    }

    @SuppressWarnings("unchecked")
    private static AtomicReference<BiPredicate<Object, Object>> claim(Class<?> hook) throws Exception {
        return (AtomicReference<BiPredicate<Object, Object>>)
                hook.getMethod("claim").invoke(null);
    }

    private static final class SystemProperties implements Settings.Lookup {
        @Override
        public String get(String name) {
            try {
                return System.getProperty(name);
            } catch (SecurityException hidden) {
                return null;
            }
        }
    }
}
