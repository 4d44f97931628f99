package io.maintenanceagent.server;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;

/**
 * Getters of a server's objects that lead from one to another, by the public types that they are declared with. Safe
 * for any thread.
 */
public final class GetterPath {

    private final String[] getters;
    private final ClassValue<MethodHandle[]> handles = new ClassValue<MethodHandle[]>() {
        @Override
        protected MethodHandle[] computeValue(Class<?> type) {
            return find(type);
        }
    };

    /** @param getters the names of the methods, in their order */
    public GetterPath(String... getters) {
        this.getters = getters.clone();
    }

    /**
     * Returns where it leads to; {@code null} if one of them is not there, or returns that.
     *
     * @param start where it begins, of a public class
     */
    public Object from(Object start) {
        MethodHandle[] path = handles.get(start.getClass());
        Object at = path == null ? null : start;
        for (int i = 0; at != null && i < path.length; i++) {
            at = UncheckedCall.get(path[i], at);
        }
        return at;
    }

    private MethodHandle[] find(Class<?> type) {
        MethodHandle[] found = new MethodHandle[getters.length];
        Class<?> at = type;
        try {
            for (int i = 0; i < getters.length; i++) {
                found[i] = ServerType.ofSame(at).method(getters[i], methodType(Object.class, Object.class));
                at = at.getMethod(getters[i]).getReturnType();
            }
            return found;
        } catch (RuntimeException | ReflectiveOperationException another) {
            return null;
        }
    }
}
