package io.maintenanceagent.server.webflux;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Waits for the end of a {@code Mono}: that it completes, fails or is cancelled, on whichever thread.
 *
 * <p>A {@code Mono} that nobody subscribes to, or whose source is dropped, never ends. Whoever could tell its end holds
 * this object, so that once it is garbage nobody is left who could: {@link #dropped}.
 */
public final class MonoCompletion implements Consumer<Object> {

    private static final ClassValue<MethodHandle> DO_FINALLY = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ServerType.of(type, "reactor.core.publisher.Mono")
                    .method("doFinally", methodType(Object.class, Object.class, Consumer.class), Consumer.class);
        }
    };

    private final Runnable ended;

    /** @param ended run at the end; for each subscriber, should there be more than one */
    public MonoCompletion(Runnable ended) {
        this.ended = ended;
    }

    /**
     * @param mono a {@code Mono}
     * @return the same that tells its end
     */
    public Object of(Object mono) {
        try {
            return (Object) DO_FINALLY.get(mono.getClass()).invokeExact(mono, (Consumer<?>) this);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** @return whether nobody is left who could tell the end; for any thread */
    public BooleanSupplier dropped() {
        return new Dropped(this);
    }

    /** Told the signal that is the end. */
    @Override
    public void accept(Object signal) {
        ended.run();
    }

    private static final class Dropped implements BooleanSupplier {
        private final WeakReference<MonoCompletion> completion;

        Dropped(MonoCompletion completion) {
            this.completion = new WeakReference<MonoCompletion>(completion);
        }

        @Override
        public boolean getAsBoolean() {
            return completion.get() == null;
        }
    }
}
