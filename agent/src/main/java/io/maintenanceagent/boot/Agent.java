package io.maintenanceagent.boot;

import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.gate.Gate;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateException;
import io.maintenanceagent.state.StateParser;
import io.maintenanceagent.store.FileStore;
import io.maintenanceagent.store.StateWatcher;
import io.maintenanceagent.weave.LoadedClasses;
import io.maintenanceagent.weave.WeavingTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
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

    private final Settings settings;
    private final Gate gate;
    private final Faults faults;

    private Agent(Settings settings, Gate gate, Faults faults) {
        this.settings = settings;
        this.gate = gate;
        this.faults = faults;
    }

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
        new Agent(settings, gate, faults).follow();
        instrumentation.addTransformer(new WeavingTransformer(faults), true);
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

    private void follow() {
        new StateWatcher(new FileStore(settings.file()), new Enforcer(), faults).start();
    }

    /** Makes a state of what the store, the environment and the settings say, on the watcher's thread. */
    private final class Enforcer implements StateWatcher.Listener {
        private boolean environmentRead;
        private State environment;

        @Override
        public void stored(State stored) {
            if (!environmentRead) {
                // Once: the environment of a running JVM does not change.
                environmentRead = true;
                environment = readEnvironment();
            }
            gate.enforce(EffectiveState.of(settings.enable(), stored, environment));
        }

        private State readEnvironment() {
            String value = System.getenv(settings.env());
            if (value == null || value.trim().isEmpty()) {
                return null;
            }
            try {
                return StateParser.parse(value.getBytes(StandardCharsets.UTF_8)).state();
            } catch (StateException e) {
                faults.report(
                        "environment",
                        "environment variable " + settings.env() + ": " + e.getMessage() + "; it counts as not set");
                return null;
            }
        }
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
