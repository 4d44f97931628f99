package io.maintenanceagent.entrypoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The entry points that are woven in this JVM: those of requests, those of other work, or both, as the setting
 * {@code guard} says. What is not guarded is not in it, and its table is not loaded. Immutable; safe for any thread.
 */
public final class EntryPoints {

    /** Those of requests. */
    public static final EntryPoints REQUESTS = new EntryPoints(true, Collections.<WorkEntryPoint>emptyList());

    private final boolean requests;
    private final List<WorkEntryPoint> work;
    private final Set<String> platformWork = new HashSet<String>();

    private EntryPoints(boolean requests, List<WorkEntryPoint> work) {
        this.requests = requests;
        this.work = work;
        for (WorkEntryPoint entryPoint : work) {
            if (entryPoint.owner().isPlatform()) {
                platformWork.add(entryPoint.className());
                platformWork.add(entryPoint.className().replace('/', '.'));
            }
        }
    }

    /**
     * Returns the entry points of what is guarded.
     *
     * @param requests whether requests are
     * @param kinds the kinds of other work that are
     */
    public static EntryPoints of(boolean requests, Collection<WorkKind> kinds) {
        if (kinds.isEmpty()) {
            return requests ? REQUESTS : new EntryPoints(false, Collections.<WorkEntryPoint>emptyList());
        }
        List<WorkEntryPoint> work = new ArrayList<WorkEntryPoint>();
        for (WorkEntryPoint entryPoint : WorkEntryPoint.values()) {
            if (kinds.contains(entryPoint.kind())) {
                work.add(entryPoint);
            }
        }
        return new EntryPoints(requests, work);
    }

    /** Returns whether there are none. */
    public boolean isEmpty() {
        return !requests && work.isEmpty();
    }

    /**
     * Finds the entry point of requests that a method is.
     *
     * @param owner the internal name of a class
     * @param parent the internal name of the class that it extends
     * @param isStatic whether the method is static
     * @param method the method's name
     * @param descriptor its descriptor
     * @return the entry point, or {@code null}
     */
    public EntryPoint request(String owner, String parent, boolean isStatic, String method, String descriptor) {
        return requests ? EntryPoint.of(owner, parent, isStatic, method, descriptor) : null;
    }

    /** Finds the entry point of other work that a method is; as {@link #request}. */
    public WorkEntryPoint work(String owner, String parent, boolean isStatic, String method, String descriptor) {
        for (int i = 0; i < work.size(); i++) {
            if (work.get(i).is(owner, parent, isStatic, method, descriptor)) {
                return work.get(i);
            }
        }
        return null;
    }

    /**
     * Returns whether a class of the JDK's has an entry point.
     *
     * @param className the name of a class, internal or with dots, or {@code null}
     */
    public boolean isPlatform(String className) {
        return requests && EntryPoint.isPlatform(className)
                || className != null && !platformWork.isEmpty() && platformWork.contains(className);
    }

    /**
     * Returns whether a class that is loaded may have an entry point by its own name or its parent's.
     *
     * @param className a class, by its name with dots
     * @param parentName the class that it extends; {@code null} if there is none or it is not known
     */
    public boolean isNamed(String className, String parentName) {
        if (requests && EntryPoint.isNamed(className, parentName)) {
            return true;
        }
        if (!work.isEmpty()) {
            String internal = className.replace('.', '/');
            String parent = parentName == null ? null : parentName.replace('.', '/');
            for (WorkEntryPoint candidate : work) {
                if (candidate.owner().names(internal, parent)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns whether classes that implement an interface may have an entry point.
     *
     * @param name an interface, by its name with dots
     */
    public boolean isInterface(String name) {
        if (requests && EntryPoint.isInterface(name)) {
            return true;
        }
        for (WorkEntryPoint candidate : work) {
            if (candidate.owner().hasInterface(name)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the names of their methods, but for those of the JDK's own classes. */
    public Set<String> methods() {
        Set<String> methods = new LinkedHashSet<String>();
        if (requests) {
            for (EntryPoint entryPoint : EntryPoint.values()) {
                if (!EntryPoint.isPlatform(entryPoint.className())) {
                    methods.add(entryPoint.method());
                }
            }
        }
        for (WorkEntryPoint entryPoint : work) {
            if (!entryPoint.owner().isPlatform()) {
                methods.add(entryPoint.method());
            }
        }
        return methods;
    }

    /**
     * Returns texts of which one at least is in the constant pool of any class that has an entry point, but for the
     * JDK's own: the method's descriptor; where that is in nearly every class file, like {@code ()V}, the name of the
     * class, or another one that its methods mention.
     */
    public Set<String> marks() {
        Set<String> marks = new LinkedHashSet<String>();
        if (requests) {
            for (EntryPoint entryPoint : EntryPoint.values()) {
                if (!EntryPoint.isPlatform(entryPoint.className())) {
                    addMarks(marks, entryPoint.descriptors(), entryPoint.className());
                }
            }
        }
        for (WorkEntryPoint entryPoint : work) {
            if (!entryPoint.owner().isPlatform()) {
                addMarks(marks, entryPoint.descriptors(), entryPoint.owner().mark());
            }
        }
        return marks;
    }

    private static void addMarks(Set<String> marks, String[] descriptors, String otherwise) {
        for (String descriptor : descriptors) {
            if (isCommon(descriptor)) {
                Collections.addAll(marks, otherwise.split(" "));
            } else {
                marks.add(descriptor);
            }
        }
    }

    /** Whether it has types of the JDK only. */
    private static boolean isCommon(String descriptor) {
        return descriptor.replace("Ljava/", "").indexOf('L') < 0;
    }
}
