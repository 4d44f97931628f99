package io.maintenanceagent.boot;

import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.gate.ContainerEntrance;
import io.maintenanceagent.gate.Entrance;
import io.maintenanceagent.gate.Gate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongBiFunction;

/** Talks to the hook where it is defined, which is another class than the one that this agent is compiled with. */
final class Hook {

    private Hook() {}

    /** Whether it was free, and calls the entrance from now on. */
    static boolean claim(Class<?> hook, Entrance entrance, Faults faults, Predicate<StackTraceElement> woven)
            throws Exception {
        return (Boolean) hook.getMethod(
                        "claim",
                        ToLongBiFunction.class,
                        ToLongBiFunction.class,
                        LongConsumer.class,
                        ObjLongConsumer.class,
                        Predicate.class)
                .invoke(null, entrance, new ContainerEntrance(entrance, faults), entrance, entrance, woven);
    }

    /** Has the application's own code talk to the gate. */
    static void offer(Class<?> hook, Gate gate) throws Exception {
        OwnCode code = new OwnCode(gate);
        hook.getMethod("offer", Function.class, BooleanSupplier.class).invoke(null, code, code);
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
}
