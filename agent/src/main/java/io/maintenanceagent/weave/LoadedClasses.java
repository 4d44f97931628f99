package io.maintenanceagent.weave;

import io.maintenanceagent.fault.Faults;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * Weaves what was loaded before the agent came: everything that matters when it is attached to a running JVM, and next
 * to nothing at a start.
 */
public final class LoadedClasses {

    private static final String[] TARGETS = {
        "servlet.Servlet", "servlet.Filter", "servlet.FilterChain", "servlet.ServletRequest"
    };

    private LoadedClasses() {}

    /**
     * Hands the loaded classes that may have a woven method to the transformers again, one at a time: one class that
     * the JVM refuses would take a whole batch with it.
     *
     * @param instrumentation the agent's; its transformer is added already
     * @param faults where a class is reported that the JVM does not retransform
     */
    public static void weave(Instrumentation instrumentation, Faults faults) {
        for (Class<?> type : candidates(instrumentation)) {
            try {
                instrumentation.retransformClasses(type);
            } catch (Throwable fault) {
                if (links(type)) {
                    faults.report(
                            "weave " + type.getName(),
                            "class " + type.getName() + " was loaded before and cannot be woven (" + fault + ")");
                }
            }
        }
    }

    /**
     * Whether a class can ever run. The JVM does not retransform the others, and frameworks are full of them: loaded by
     * whoever looks for annotations, for a library that is not there (Spring's adapter for reactive applications).
     * Reflection links a class, and does not initialize it.
     */
    private static boolean links(Class<?> type) {
        try {
            type.getDeclaredConstructors();
            return true;
        } catch (LinkageError missing) {
            return false;
        }
    }

    private static List<Class<?>> candidates(Instrumentation instrumentation) {
        List<Class<?>> candidates = new ArrayList<Class<?>>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getClassLoader() != null
                    && !type.isArray()
                    && instrumentation.isModifiableClass(type)
                    && isTarget(type)) {
                candidates.add(type);
            }
        }
        return candidates;
    }

    /** Classes that are loaded have their supertypes loaded: asking for them loads nothing. */
    private static boolean isTarget(Class<?> type) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (isTarget(at.getName()) || anyIsTarget(at.getInterfaces())) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyIsTarget(Class<?>[] interfaces) {
        for (Class<?> type : interfaces) {
            if (isTarget(type.getName()) || anyIsTarget(type.getInterfaces())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTarget(String name) {
        for (String target : TARGETS) {
            if (name.equals("javax." + target) || name.equals("jakarta." + target)) {
                return true;
            }
        }
        return false;
    }
}
