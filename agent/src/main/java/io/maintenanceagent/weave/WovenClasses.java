package io.maintenanceagent.weave;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The names of the classes that were woven, to tell a woven entry on a stack. Safe for any thread. */
public final class WovenClasses implements Predicate<StackTraceElement> {

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** @param name the name of a class that was woven, internal or not, or {@code null} for one that has none */
    void add(String name) {
        if (name != null) {
            names.add(name.replace('/', '.'));
        }
    }

    void remove(String className) {
        names.remove(className);
    }

    boolean contains(String className) {
        return names.contains(className);
    }

    void clear() {
        names.clear();
    }

    /** @return how many classes were woven since the agent came */
    public int count() {
        return names.size();
    }

    /**
     * @return whether the frame is one of a woven entry; others of the same name in the same class are taken for one
     */
    @Override
    public boolean test(StackTraceElement frame) {
        String method = frame.getMethodName();
        String type = frame.getClassName();
        // Tomcat's CoyoteAdapter has a method called service that is around every entry, and none itself.
        boolean isEntry = ContainerMethod.isOwner(type, null)
                ? ContainerMethod.isEntry(type, method)
                : method.equals(WovenMethod.SERVICE)
                        || method.equals(WovenMethod.DO_FILTER)
                        || method.equals(ContainerMethod.HANDLE);
        return isEntry && names.contains(type);
    }
}
