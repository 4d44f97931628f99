package io.maintenanceagent.server.webflux;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A {@code Mono} that waits, and then is another one: nothing blocks meanwhile. It goes on on Reactor's scheduler for
 * work that does not block, as what the application itself delays does. Safe for any thread.
 */
final class SuspendedMono implements Runnable {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> loadedWith) {
            return new Handles(ServerType.named("reactor.core.publisher.Mono", loadedWith.getClassLoader()));
        }
    };

    private final CompletableFuture<Object> end = new CompletableFuture<Object>();
    private final Object mono;

    /**
     * @param loadedWith a class whose loader knows Reactor
     * @param next makes the other one, when this one has waited
     * @param gone run if the subscriber cancels meanwhile, and also afterwards
     */
    SuspendedMono(Class<?> loadedWith, Supplier<Object> next, Runnable gone) {
        Handles handles = HANDLES.get(loadedWith);
        try {
            Object waiting = (Object) handles.fromFuture.invokeExact(end);
            Object told = new MonoCompletion(gone).of(waiting);
            Object scheduler = (Object) handles.parallel.invokeExact();
            Object elsewhere = (Object) handles.publishOn.invokeExact(told, scheduler);
            Object other = (Object) handles.defer.invokeExact(next);
            mono = (Object) handles.then.invokeExact(elsewhere, other);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** The {@code Mono}. */
    Object mono() {
        return mono;
    }

    /** Ends the wait. */
    @Override
    public void run() {
        end.complete("");
    }

    private static final class Handles {
        final MethodHandle fromFuture;
        final MethodHandle parallel;
        final MethodHandle publishOn;
        final MethodHandle defer;
        final MethodHandle then;

        Handles(ServerType mono) {
            Class<?> self = Object.class;
            ServerType scheduler = mono.neighbour("reactor.core.scheduler.Scheduler");
            fromFuture = mono.method("fromFuture", methodType(self, CompletableFuture.class), CompletableFuture.class);
            parallel = mono.neighbour("reactor.core.scheduler.Schedulers").method("parallel", methodType(self));
            publishOn = mono.method("publishOn", methodType(self, self, self), scheduler.type());
            defer = mono.method("defer", methodType(self, Supplier.class), Supplier.class);
            then = mono.method("then", methodType(self, self, self), mono.type());
        }
    }
}
