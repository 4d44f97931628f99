package io.maintenanceagent.server.servlet;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/**
 * Finds methods of one interface of the servlet API, in whichever namespace and class loader an object has it.
 *
 * <p>Searched from the object rather than from a class loader: what implements the interface is linked to the right
 * copy of it, while the loader of a woven class need not see all of the API (OSGi).
 */
final class ServletMethods {

    private final Class<?> type;

    private ServletMethods(Class<?> type) {
        this.type = type;
    }

    /**
     * @param implementation the class of a request or a response
     * @param name the interface's name behind {@code javax.} or {@code jakarta.}
     * @return the interface, not {@link #isPresent present} if the class does not implement it
     */
    static ServletMethods of(Class<?> implementation, String name) {
        for (Class<?> at = implementation; at != null; at = at.getSuperclass()) {
            Class<?> found = among(at.getInterfaces(), name);
            if (found != null) {
                return new ServletMethods(found);
            }
        }
        return new ServletMethods(null);
    }

    private static Class<?> among(Class<?>[] interfaces, String name) {
        for (Class<?> candidate : interfaces) {
            if (candidate.getName().equals("javax." + name)
                    || candidate.getName().equals("jakarta." + name)) {
                return candidate;
            }
            Class<?> above = among(candidate.getInterfaces(), name);
            if (above != null) {
                return above;
            }
        }
        return null;
    }

    /** @return the interface, or {@code null} */
    Class<?> type() {
        return type;
    }

    /** @return whether the class implements the interface at all */
    boolean isPresent() {
        return type != null;
    }

    /**
     * @param name the simple name of another type in the interface's package
     * @return that type, as the interface itself knows it; {@code null} if there is none
     */
    Class<?> neighbour(String name) {
        try {
            return type == null
                    ? null
                    : Class.forName(type.getPackage().getName() + "." + name, false, type.getClassLoader());
        } catch (ClassNotFoundException absent) {
            return null;
        }
    }

    /**
     * @param name a method's name
     * @param as the type to call it with, the receiver as {@code Object} first
     * @param parameters the method's own parameter types
     * @return a handle of exactly that type, or {@code null} if there is no such method in this version of the API
     * @throws IllegalStateException if the method may not be called from here
     */
    MethodHandle method(String name, MethodType as, Class<?>... parameters) {
        if (type == null) {
            return null;
        }
        Method method;
        try {
            method = type.getMethod(name, parameters);
        } catch (NoSuchMethodException absent) {
            return null;
        }
        try {
            return MethodHandles.publicLookup().unreflect(method).asType(as);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }
}
