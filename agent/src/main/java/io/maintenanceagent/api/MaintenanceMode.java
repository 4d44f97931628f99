package io.maintenanceagent.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Maintenance of this JVM, asked for by its own code while that does something that requests must not see:
 *
 * <pre>{@code
 * try (MaintenanceMode maintenance = MaintenanceMode.on("We are re-indexing, back in a minute.")) {
 *     reindex();
 * }
 * }</pre>
 *
 * <p>From the return of {@link #on} every request that begins is refused, unless a rule or an exemption lets it pass;
 * those that are running finish. After {@link #close}, the operator's state or an outer {@code MaintenanceMode} decides
 * again. They may be nested and be closed in any order, by any thread; the newest open one says what is told. It is
 * about this JVM alone, and ends with it; for a whole fleet, write to the store.
 *
 * <p>Without the agent nothing here has an effect: {@link #on} returns an object that does nothing, and {@link #isOn}
 * returns {@code false}. So a library or an application may carry this class wherever it is deployed. It works through
 * any class loader, and needs nothing but the JDK.
 *
 * <p>Safe for any thread. Nothing here throws.
 */
public final class MaintenanceMode implements AutoCloseable {

    /** The agent's only class that every class loader sees. */
    private static final String HOOK = "java.lang.MaintenanceHook";

    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static volatile @Nullable Method isOn;
    private static volatile long lookedNanos = System.nanoTime() - LOOK_AGAIN_NANOS;

    private final @Nullable AutoCloseable handle;

    private MaintenanceMode(@Nullable AutoCloseable handle) {
        this.handle = handle;
    }

    /**
     * Begins maintenance in this JVM, and tells those who are refused the agent's default text.
     *
     * @return what ends it; never {@code null}
     */
    public static MaintenanceMode on() {
        return on(null);
    }

    /**
     * Begins maintenance in this JVM.
     *
     * @param message what to tell those who are refused, in place of the agent's default; {@code null} for that
     * @return what ends it; never {@code null}
     */
    public static MaintenanceMode on(@Nullable String message) {
        Method on = find("on", String.class);
        Object handle = on == null ? null : call(on, message);
        return new MaintenanceMode((AutoCloseable) handle);
    }

    /**
     * Tells whether this JVM is in maintenance, by the operator's state or by {@link #on}: what a background job asks
     * before it writes. Costs some nanoseconds. An agent that is attached later is seen within a second.
     *
     * @return whether a request that nothing exempts would be refused now; {@code false} without an agent
     */
    public static boolean isOn() {
        Method method = isOn;
        if (method == null) {
            if (System.nanoTime() - lookedNanos < LOOK_AGAIN_NANOS) {
                return false;
            }
            lookedNanos = System.nanoTime();
            method = find("isOn");
            isOn = method;
        }
        return method != null && Boolean.TRUE.equals(call(method));
    }

    /** Ends this maintenance. Closing again does nothing. */
    @Override
    public void close() {
        if (handle != null) {
            try {
                handle.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** With this class's own loader: all loaders delegate java.lang, and it takes no permission. */
    private static @Nullable Method find(String name, Class<?>... parameters) {
        try {
            return Class.forName(HOOK).getMethod(name, parameters);
        } catch (ReflectiveOperationException | LinkageError ignored) {
            // there is no agent
            return null;
        }
    }

    private static @Nullable Object call(Method method, @Nullable Object... arguments) {
        try {
            return method.invoke(null, arguments);
        } catch (IllegalAccessException | InvocationTargetException ignored) {
            // the agent reports its own faults
            return null;
        }
    }
}
