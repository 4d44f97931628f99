package io.maintenanceagent.boot;

import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.intercept.PublisherInterceptor;
import io.maintenanceagent.intercept.RequestInterceptor;
import io.maintenanceagent.intercept.ServerEntryInterceptor;
import io.maintenanceagent.weave.WovenClasses;
import io.maintenanceagent.work.WorkInterceptor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.ObjLongConsumer;

/** Talks to the hook where it is defined, which is another class than the one that this agent is compiled with. */
final class Hook {

    private Hook() {}

    /** Claims the hook for requests; returns whether it was free. */
    static boolean claim(
            Class<?> hook,
            RequestInterceptor requests,
            ServerEntryInterceptor servers,
            PublisherInterceptor publishers,
            WovenClasses woven)
            throws Exception {
        Object[] functions = {
            new HookFunctions.ServletBegins(requests),
            new HookFunctions.FilterBegins(requests),
            new HookFunctions.ServerEntryBegins(servers),
            new HookFunctions.Ends(requests),
            new HookFunctions.StartsAsync(requests),
            new HookFunctions.Completed(requests),
            new HookFunctions.Returns(publishers),
            woven
        };
        return (Boolean) hook.getMethod("claim", Object.class).invoke(null, (Object) functions);
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

    /** Has the hook tell of sockets that outlive their handshake. */
    static void offerSockets(Class<?> hook, ObjLongConsumer<Object> opening) throws Exception {
        hook.getMethod("offerSockets", ObjLongConsumer.class).invoke(null, opening);
    }

    /** Offers the temporary override to the application's own code. */
    static void offer(Class<?> hook, Enforcement enforcement) throws Exception {
        Object[] functions = {new HookFunctions.AsksForMaintenance(enforcement), new HookFunctions.IsOn(enforcement)};
        hook.getMethod("offer", Object.class).invoke(null, (Object) functions);
    }
}
