package io.maintenanceagent.hook;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;

/**
 * What a woven method calls. This is the one class of the agent that the application's classes can see: at start it is
 * defined again under the name {@code java.lang.MaintenanceHook}, the only package that every class loader of every
 * container delegates (OSGi, JBoss Modules and Open Liberty hide everything else, the bootstrap path included).
 *
 * <p>Because it lives there it refers to types of {@code java.base} only, and it has no inner class and no lambda.
 *
 * <p>A woven method reads like this:
 *
 * <pre>{@code
 * if (MaintenanceHook.enter(request, response)) return;
 * try { ... MaintenanceHook.exit(); } catch (Throwable t) { MaintenanceHook.exit(t); throw t; }
 * }</pre>
 *
 * <p>Only the outermost woven method on a thread asks the gate. What is nested in it belongs to a request that was
 * let in, and passes whatever flips meanwhile. While the switch is off the gate is {@code null}: one volatile read.
 *
 * <p>Safe for any thread. Nothing here throws.
 */
public final class MaintenanceHook {

    /**
     * How many woven methods are on the stack of a thread, and 1 behind it if the number may be too high; an array, so
     * that counting needs no second look-up.
     */
    private static final ThreadLocal<int[]> DEPTH = new ThreadLocal<int[]>();

    private static final AtomicReference<BiPredicate<Object, Object>> GATE =
            new AtomicReference<BiPredicate<Object, Object>>();

    private static final AtomicBoolean CLAIMED = new AtomicBoolean();

    private MaintenanceHook() {}

    /**
     * Hands the gate's place to the first agent of this JVM, and to nobody after it.
     *
     * @return the place where the gate is put, {@code null} in it for "everything passes"; or {@code null} when
     *     another agent has it already
     */
    public static AtomicReference<BiPredicate<Object, Object>> claim() {
        return CLAIMED.compareAndSet(false, true) ? GATE : null;
    }

    /**
     * The beginning of a woven method.
     *
     * @param request the first argument of the woven method
     * @param response its second argument
     * @return {@code true} if the gate has refused and answered the request: the method must return at once, without
     *     {@link #exit()}
     */
    public static boolean enter(Object request, Object response) {
        int[] depth = DEPTH.get();
        if (depth == null) {
            depth = new int[2];
            DEPTH.set(depth);
        }
        if (depth[1] != 0) {
            recount(depth);
        }
        if (depth[0] == 0) {
            BiPredicate<Object, Object> gate = GATE.get();
            if (gate != null && refused(gate, depth, request, response)) {
                return true;
            }
        }
        // Last, so that an error thrown above (a stack overflow) leaves no entry behind that nobody ends.
        depth[0]++;
        return false;
    }

    /** The end of a woven method whose {@link #enter} returned {@code false}, however it ends. */
    public static void exit() {
        int[] depth = DEPTH.get();
        if (depth != null && depth[0] > 0) {
            depth[0]--;
        }
    }

    /**
     * The end of a woven method by an exception.
     *
     * @param thrown the exception; after a stack overflow it is not certain that the methods further in came this far
     */
    public static void exit(Throwable thrown) {
        int[] depth = DEPTH.get();
        if (depth != null) {
            if (thrown instanceof StackOverflowError) {
                depth[1] = 1;
            }
            if (depth[0] > 0) {
                depth[0]--;
            }
        }
    }

    /** Looks at the stack itself: with nothing woven on it, but for the caller, this is the outermost entry. */
    private static void recount(int[] depth) {
        StackTraceElement[] stack = new Throwable().getStackTrace();
        for (int i = 3; i < stack.length; i++) { // this method, enter, the woven method
            String method = stack[i].getMethodName();
            if (method.equals("service") || method.equals("doFilter")) {
                return;
            }
        }
        depth[0] = 0;
        depth[1] = 0;
    }

    private static boolean refused(
            BiPredicate<Object, Object> gate, int[] depth, Object request, Object response) {
        // While the gate works, anything woven that it touches (a request wrapper, say) counts as nested.
        depth[0] = 1;
        try {
            return gate.test(request, response);
        } catch (Throwable fault) {
            return false;
        } finally {
            depth[0] = 0;
        }
    }
}
