package io.maintenanceagent.boot;

import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.intercept.RequestInterceptor;
import io.maintenanceagent.intercept.ServerEntryInterceptor;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.weave.WovenClasses;
import io.maintenanceagent.work.WorkInterceptor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongBiFunction;

/** Talks to the hook where it is defined, which is another class than the one that this agent is compiled with. */
final class Hook {

    private Hook() {}

    /** Claims the hook for the interceptor; returns whether it was free. */
    static boolean claim(Class<?> hook, RequestInterceptor interceptor, ErrorReporter errors, WovenClasses woven)
            throws Exception {
        return (Boolean) hook.getMethod(
                        "claim",
                        ToLongBiFunction.class,
                        ToLongBiFunction.class,
                        ToLongBiFunction.class,
                        LongConsumer.class,
                        ObjLongConsumer.class,
                        Consumer.class,
                        BiFunction.class,
                        Predicate.class)
                .invoke(
                        null,
                        interceptor,
                        interceptor.filters(),
                        new ServerEntryInterceptor(interceptor, woven, errors),
                        interceptor,
                        interceptor,
                        interceptor.completions(),
                        interceptor.publishers(),
                        woven);
    }

    /** Has the hook tell of units of work that are no requests. */
    static void offerWork(Class<?> hook, WorkInterceptor interceptor) throws Exception {
        hook.getMethod("offerWork", BiFunction.class, BiFunction.class, BiConsumer.class)
                .invoke(null, interceptor, interceptor.ends(), interceptor.failures());
    }

    /** Has the hook tell of JDBC's statements. */
    static void offerStatements(Class<?> hook, BiFunction<Object, Object, Object> interceptor) throws Exception {
        hook.getMethod("offerStatements", BiFunction.class).invoke(null, interceptor);
    }

    /** Offers the temporary override to the application's own code. */
    static void offer(Class<?> hook, Enforcement enforcement) throws Exception {
        OwnCode code = new OwnCode(enforcement);
        hook.getMethod("offer", Function.class, BooleanSupplier.class).invoke(null, code, code);
    }

    /** What the application's own code can do: ask for maintenance, and whether there is. */
    private static final class OwnCode implements Function<String, AutoCloseable>, BooleanSupplier {
        private final Enforcement enforcement;

        OwnCode(Enforcement enforcement) {
            this.enforcement = enforcement;
        }

        @Override
        public AutoCloseable apply(String message) {
            return enforcement.override().on(message);
        }

        @Override
        public boolean getAsBoolean() {
            return enforcement.isOn(System.currentTimeMillis());
        }
    }
}
