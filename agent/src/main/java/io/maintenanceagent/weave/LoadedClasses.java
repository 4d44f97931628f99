package io.maintenanceagent.weave;

import io.maintenanceagent.entrypoint.EntryPoints;
import io.maintenanceagent.jvm.PlatformLoader;
import io.maintenanceagent.report.ErrorReporter;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Has the transformers look again at classes that are loaded already: to weave them when the agent comes into a running
 * JVM, or is not the first in one that starts, and to give them back when it leaves. It costs a start less than a
 * millisecond where there are none.
 */
public final class LoadedClasses {

    private final EntryPoints entryPoints;
    private final Instrumentation instrumentation;
    private final WovenClasses woven;
    private final ErrorReporter errors;
    private final ClassLoader platform = PlatformLoader.get();

    /**
     * @param entryPoints what is woven in this JVM
     * @param instrumentation the agent's
     * @param woven which classes are woven
     * @param errors where a class is reported that the JVM does not retransform
     */
    public LoadedClasses(
            EntryPoints entryPoints, Instrumentation instrumentation, WovenClasses woven, ErrorReporter errors) {
        this.entryPoints = entryPoints;
        this.instrumentation = instrumentation;
        this.woven = woven;
        this.errors = errors;
    }

    /**
     * Weaves what may have a woven method; the transformer is added already.
     *
     * @param loaded the classes that are loaded, asked for since then: that is not free
     * @return how many classes the JVM refused
     */
    public int weave(Class<?>[] loaded) {
        List<Class<?>> refused = retransform(targets(loaded), "was loaded before and cannot be woven");
        for (Class<?> type : refused) {
            woven.remove(type.getName());
        }
        return refused.size();
    }

    /**
     * Gives back what was woven; the transformer is removed already. Methods that are running end as they began.
     *
     * @return how many classes stay woven, because the JVM refused
     */
    public int unweave() {
        List<Class<?>> loaded = new ArrayList<Class<?>>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (woven.contains(type.getName()) && isModifiable(type)) {
                loaded.add(type);
            }
        }
        List<Class<?>> refused = retransform(loaded, "stays woven");
        woven.clear();
        for (Class<?> type : refused) {
            woven.add(type.getName());
        }
        return refused.size();
    }

    /** All together, which stops the application once; one at a time where one of them spoils it for the others. */
    private List<Class<?>> retransform(Collection<Class<?>> classes, String failed) {
        List<Class<?>> refused = new ArrayList<Class<?>>();
        if (classes.isEmpty()) {
            return refused;
        }
        try {
            instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
            return refused;
        } catch (Throwable oneByOne) {
            for (Class<?> type : classes) {
                try {
                    instrumentation.retransformClasses(type);
                } catch (Throwable fault) {
                    refused.add(type);
                    errors.report(
                            "weave " + type.getName(), "class " + type.getName() + " " + failed + " (" + fault + ")");
                }
            }
            return refused;
        }
    }

    private Set<Class<?>> targets(Class<?>[] loaded) {
        Set<Class<?>> targets = new LinkedHashSet<Class<?>>();
        for (Class<?> type : loaded) {
            if (mayBeWoven(type) && isTarget(type) && isModifiable(type) && links(type)) {
                addWithSupertypes(type, targets);
            }
        }
        return targets;
    }

    /**
     * Whether a class can ever run. The JVM does not retransform the others, and frameworks are full of them: loaded by
     * whoever looks for annotations, for a library that is not there (Spring's adapter for reactive applications).
     * Reflection links a class, and does not initialize it.
     */
    @SuppressWarnings("ReturnValueIgnored") // asked for its error
    private static boolean links(Class<?> type) {
        try {
            type.getDeclaredConstructors();
            return true;
        } catch (LinkageError missing) {
            return false;
        }
    }

    /** A servlet may inherit its method from a class that is no servlet. */
    private void addWithSupertypes(Class<?> type, Set<Class<?>> targets) {
        if (type == null || !isModifiable(type) || !targets.add(type)) {
            return;
        }
        addWithSupertypes(type.getSuperclass(), targets);
        for (Class<?> inherited : type.getInterfaces()) {
            addWithSupertypes(inherited, targets);
        }
    }

    private boolean isModifiable(Class<?> type) {
        return mayBeWoven(type) && !type.isArray() && instrumentation.isModifiableClass(type);
    }

    /** The JDK's own classes are woven by exact name. */
    private boolean mayBeWoven(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader != null && loader != platform || entryPoints.isPlatform(type.getName());
    }

    /** Classes that are loaded have their supertypes loaded: asking for them loads nothing. */
    private boolean isTarget(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        if (entryPoints.isNamed(type.getName(), parent == null ? null : parent.getName())) {
            return true;
        }
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (entryPoints.isInterface(at.getName()) || anyIsTarget(at.getInterfaces())) {
                return true;
            }
        }
        return false;
    }

    private boolean anyIsTarget(Class<?>[] interfaces) {
        for (Class<?> type : interfaces) {
            if (entryPoints.isInterface(type.getName()) || anyIsTarget(type.getInterfaces())) {
                return true;
            }
        }
        return false;
    }
}
