package io.maintenanceagent.hook;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a woven method calls. This is the one class of the agent that the application's classes can see: at start it is
 * defined again under the name {@code java.lang.MaintenanceHook}, the only package that every class loader of every
 * container delegates (OSGi, JBoss Modules and Open Liberty hide everything else, the bootstrap path included).
 *
 * <p>Because it lives there it refers to types of {@code java.base} only, and it has no inner class and no lambda.
 *
 * <p>A woven entry reads like this:
 *
 * <pre>{@code
 * if (MaintenanceHook.enter(request, response)) return;
 * try { ... MaintenanceHook.exit(); } catch (Throwable t) { MaintenanceHook.exit(t); throw t; }
 * }</pre>
 *
 * <p>Only the outermost woven entry on a thread is told to the agent, and its end. What is nested in it belongs to a
 * request that was let in, and passes whatever flips meanwhile: two array reads and an addition.
 *
 * <p>Safe for any thread. Nothing here throws.
 */
public final class MaintenanceHook {

    /**
     * Of each thread: an {@code int[2]}, how many woven methods are on its stack, and 1 behind it if the number may be
     * too high; and what the agent wants to have back at the end of the outermost. Arrays, so that counting needs no
     * second look-up.
     */
    private static final ThreadLocal<Object[]> FRAME = new ThreadLocal<Object[]>();

    private static final AtomicBoolean CLAIMED = new AtomicBoolean();

    private static volatile BiFunction<Object, Object, Object> begin;
    private static volatile Consumer<Object> end;
    private static volatile BiConsumer<Object, Object> async;
    private static volatile Predicate<StackTraceElement> entry;
    private static volatile Function<String, AutoCloseable> on;
    private static volatile BooleanSupplier isOn;

    private MaintenanceHook() {}

    /**
     * Takes the hook for the first agent of this JVM, and for nobody after it. None of the functions may throw; what
     * they throw nevertheless is swallowed.
     *
     * @param beginning told the request and the response of each outermost entry; answers {@link Boolean#TRUE} if it has
     *     refused and answered the request, else what it wants to be told at the end, or {@code null} for nothing
     * @param ending told what {@code beginning} answered, when the outermost entry is over
     * @param asynchronous told the same, and the context of the asynchronous processing that has begun within
     * @param wovenEntry whether a frame of a stack is a woven entry
     * @return whether it was free
     */
    public static boolean claim(
            BiFunction<Object, Object, Object> beginning,
            Consumer<Object> ending,
            BiConsumer<Object, Object> asynchronous,
            Predicate<StackTraceElement> wovenEntry) {
        if (!CLAIMED.compareAndSet(false, true)) {
            return false;
        }
        end = ending;
        async = asynchronous;
        entry = wovenEntry;
        begin = beginning;
        return true;
    }

    /**
     * Says who answers {@link #on} and {@link #isOn}.
     *
     * @param override asks for maintenance in this JVM, with a message or {@code null}; closing the result takes it back
     * @param state whether a request without any exemption would be refused
     */
    public static void offer(Function<String, AutoCloseable> override, BooleanSupplier state) {
        on = override;
        isOn = state;
    }

    /**
     * For the application's own code, which finds this method by reflection.
     *
     * @param message what to tell those who are refused, or {@code null} for the default
     * @return what ends it, or {@code null} if no agent is active
     */
    public static AutoCloseable on(String message) {
        Function<String, AutoCloseable> function = on;
        return function == null ? null : function.apply(message);
    }

    /** @return whether the agent of this JVM is in maintenance; {@code false} if there is none */
    public static boolean isOn() {
        BooleanSupplier function = isOn;
        return function != null && function.getAsBoolean();
    }

    /**
     * The beginning of a woven entry.
     *
     * @param request the first argument of the woven method
     * @param response its second argument
     * @return {@code true} if the agent has refused and answered the request: the method must return at once, without
     *     {@link #exit()}
     */
    public static boolean enter(Object request, Object response) {
        Object[] frame = FRAME.get();
        if (frame == null) {
            frame = new Object[] {new int[2], null};
            FRAME.set(frame);
        }
        int[] depth = (int[]) frame[0];
        if (depth[1] != 0 && begin != null) {
            recount(depth);
        }
        if (depth[0] == 0 && refused(frame, depth, request, response)) {
            return true;
        }
        // Last, so that an error thrown above (a stack overflow) leaves no entry behind that nobody ends.
        depth[0]++;
        return false;
    }

    /** The end of a woven entry whose {@link #enter} returned {@code false}, however it ends. */
    public static void exit() {
        Object[] frame = FRAME.get();
        if (frame != null) {
            leave(frame, (int[]) frame[0]);
        }
    }

    /**
     * The end of a woven entry by an exception.
     *
     * @param thrown the exception; after a stack overflow it is not certain that the methods further in came this far
     */
    public static void exit(Throwable thrown) {
        Object[] frame = FRAME.get();
        if (frame != null) {
            int[] depth = (int[]) frame[0];
            if (thrown instanceof StackOverflowError) {
                depth[1] = 1;
            }
            leave(frame, depth);
        }
    }

    /**
     * The end of a woven {@code startAsync}.
     *
     * @param context what it returns
     */
    public static void async(Object context) {
        Object[] frame = FRAME.get();
        if (frame != null && frame[1] != null && context != null) {
            try {
                async.accept(frame[1], context);
            } catch (Throwable fault) {
                // the application's request goes on
            }
        }
    }

    private static void leave(Object[] frame, int[] depth) {
        if (depth[0] > 0 && --depth[0] == 0 && frame[1] != null) {
            over(frame);
        }
    }

    private static void over(Object[] frame) {
        Object told = frame[1];
        frame[1] = null;
        try {
            end.accept(told);
        } catch (Throwable fault) {
            // the application's request goes on
        }
    }

    /** Looks at the stack itself: with nothing woven on it, but for the caller, this is the outermost entry. */
    private static void recount(int[] depth) {
        StackTraceElement[] stack = new Throwable().getStackTrace();
        for (int i = 3; i < stack.length; i++) { // this method, enter, the woven method
            if (entry.test(stack[i])) {
                return;
            }
        }
        depth[0] = 0;
        depth[1] = 0;
    }

    private static boolean refused(Object[] frame, int[] depth, Object request, Object response) {
        BiFunction<Object, Object, Object> function = begin;
        if (function == null) {
            return false;
        }
        // While the agent works, anything woven that it touches (a request wrapper, say) counts as nested.
        depth[0] = 1;
        try {
            if (frame[1] != null) {
                over(frame); // its end was lost
            }
            Object told = function.apply(request, response);
            if (told == Boolean.TRUE) {
                return true;
            }
            frame[1] = told;
            return false;
        } catch (Throwable fault) {
            return false;
        } finally {
            depth[0] = 0;
        }
    }
}
