package io.maintenanceagent.weave;

import io.maintenanceagent.entrypoint.EntryPoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The names of the classes that were woven, to tell a woven entry on a stack. Safe for any thread. */
public final class WovenClasses implements Predicate<StackTraceElement> {

    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private volatile boolean server;
    private volatile boolean container;

    /** @param name the name of a class that was woven, internal or not, or {@code null} for one that has none */
    void add(String name) {
        if (name != null) {
            names.add(name.replace('/', '.'));
            // Tools and other agents have servers of the JDK for themselves: UncoveredServers tells these.
            if (EntryPoint.isOfServers(name) && !EntryPoint.isPlatform(name)) {
                server = true;
                if (EntryPoint.isOfContainers(name)) {
                    container = true;
                }
            }
        }
    }

    void remove(String className) {
        names.remove(className);
    }

    /**
     * @param className a class's name, with dots
     * @return whether it is woven
     */
    public boolean contains(String className) {
        return names.contains(className);
    }

    void clear() {
        names.clear();
        server = false;
        container = false;
    }

    /**
     * @return whether a server is woven where it gets its requests itself, so that none gets past the agent; an
     *     application has classes to weave also where nobody uses them
     */
    public boolean hasServer() {
        return server;
    }

    /** @return whether a servlet container is woven there */
    public boolean hasContainer() {
        return container;
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
        return names.contains(frame.getClassName())
                && EntryPoint.isOnStack(frame.getClassName(), frame.getMethodName());
    }
}
