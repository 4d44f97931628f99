package io.maintenanceagent.boot;

import io.maintenanceagent.config.Settings;
import io.maintenanceagent.drain.EarlierRequests;
import io.maintenanceagent.drain.RequestCounts;
import io.maintenanceagent.drain.RunningRequests;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.gate.Entrance;
import io.maintenanceagent.gate.Gate;
import io.maintenanceagent.instance.Observation;
import io.maintenanceagent.weave.LoadedClasses;
import io.maintenanceagent.weave.WeavingTransformer;
import io.maintenanceagent.weave.WovenClasses;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The agent of this JVM: wires the store to the gate and the entrance to the hook, once.
 *
 * <pre>
 * a flip:     store → watcher → state → gate
 * a request:  hook → entrance → gate → answer
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
        WovenClasses woven = new WovenClasses();
        AtomicBoolean annotations = new AtomicBoolean();
        Gate gate = new Gate(annotations, faults);
        RunningRequests requests = new RunningRequests();
        EarlierRequests earlier = new EarlierRequests(woven);
        RequestCounts counts = new RequestCounts();
        Entrance entrance = new Entrance(gate, requests, earlier, counts, running, faults);
        try {
            if (!claim(HookDefiner.define(instrumentation), entrance, woven, new OwnCode(gate))) {
                faults.report("agent", "another agent is active in this JVM already; this one does nothing");
                return;
            }
        } catch (InvocationTargetException e) {
            cannotHook(e.getCause(), faults);
            return;
        } catch (Throwable e) {
            cannotHook(e, faults);
            return;
        }
        Settings settings = Settings.read(argument, new SystemProperties(), System.getenv(), faults);
        instrumentation.addTransformer(new WeavingTransformer(woven, annotations, faults), true);
        if (running) {
            LoadedClasses.weave(instrumentation, faults);
            earlier.find();
        }
        gate.close();
        AgentLoop.start(settings, gate, new Observation(gate, requests, earlier, counts), woven, faults);
    }

    private static boolean claim(Class<?> hook, Entrance entrance, WovenClasses woven, OwnCode code)
            throws Exception {
        boolean claimed = (Boolean) hook.getMethod(
                        "claim", BiFunction.class, Consumer.class, BiConsumer.class, Predicate.class)
                .invoke(null, entrance, entrance, entrance, woven);
        if (claimed) {
            hook.getMethod("offer", Function.class, BooleanSupplier.class).invoke(null, code, code);
        }
        return claimed;
    }

    private static void cannotHook(Throwable cause, Faults faults) {
        faults.report("agent", "the hook cannot be defined (" + cause + "); nothing is woven, the agent does nothing");
    }

    /** What the application's own code can do: ask for maintenance, and whether there is. */
    private static final class OwnCode implements Function<String, AutoCloseable>, BooleanSupplier {
        private final Gate gate;

        OwnCode(Gate gate) {
            this.gate = gate;
        }

        @Override
        public AutoCloseable apply(String message) {
            return gate.override().on(message);
        }

        @Override
        public boolean getAsBoolean() {
            return gate.isOn(System.currentTimeMillis());
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
