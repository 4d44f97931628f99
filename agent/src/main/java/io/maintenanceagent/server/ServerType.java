package io.maintenanceagent.server;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/**
 * A public type of a container, found from an object, and its public methods: what implements it is linked to the right
 * copy of it.
 */
public final class ServerType {

    private final Class<?> type;

    private ServerType(Class<?> type) {
        this.type = type;
    }

    /**
     * @param implementation the class of an object
     * @param name the name of a class or an interface that it is of
     * @throws IllegalStateException if it is not
     */
    public static ServerType of(Class<?> implementation, String name) {
        ServerType found = in(implementation, name);
        if (found == null) {
            throw new IllegalStateException(implementation.getName() + " is no " + name);
        }
        return found;
    }

    /** The same; {@code null} if the class is not of that type. */
    static ServerType in(Class<?> implementation, String name) {
        for (Class<?> at = implementation; at != null; at = at.getSuperclass()) {
            Class<?> found = at.getName().equals(name) ? at : among(at.getInterfaces(), name);
            if (found != null) {
                return new ServerType(found);
            }
        }
        return null;
    }

    private static Class<?> among(Class<?>[] interfaces, String name) {
        for (Class<?> candidate : interfaces) {
            Class<?> found = candidate.getName().equals(name) ? candidate : among(candidate.getInterfaces(), name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The public class of an object itself. */
    public static ServerType ofSame(Class<?> type) {
        return new ServerType(type);
    }

    /**
     * @param name a type's name
     * @param loader knows it
     * @throws IllegalStateException if it does not
     */
    public static ServerType named(String name, ClassLoader loader) {
        try {
            return new ServerType(Class.forName(name, false, loader));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another type, as this one knows it. */
    public ServerType neighbour(String name) {
        return named(name, type.getClassLoader());
    }

    public Class<?> type() {
        return type;
    }

    /** A handle of its constructor without parameters, which returns an {@code Object}. */
    public MethodHandle constructor() {
        try {
            return MethodHandles.publicLookup()
                    .findConstructor(type, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param name the name of a method, static ones included
     * @param as the type to call it with
     * @param parameters the method's own parameter types
     * @return a handle of exactly that type
     * @throws IllegalStateException if there is no such method
     */
    public MethodHandle method(String name, MethodType as, Class<?>... parameters) {
        try {
            Method method = type.getMethod(name, parameters);
            return MethodHandles.publicLookup().unreflect(method).asType(as);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
