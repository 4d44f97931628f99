package io.maintenanceagent.work;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Reads fields and calls methods of libraries, which may have no public way to what they know. What is found of a class
 * is remembered for as long as there is the class. Safe for any thread.
 */
public final class Fields {

    /** A field under its name, a method under its name and parentheses; or that there is none. */
    private static final ClassValue<ConcurrentMap<String, Object>> FOUND =
            new ClassValue<ConcurrentMap<String, Object>>() {
                @Override
                protected ConcurrentMap<String, Object> computeValue(Class<?> type) {
                    return new ConcurrentHashMap<String, Object>();
                }
            };

    private static final Object NONE = new Object();

    private Fields() {}

    /**
     * Returns a field's value.
     *
     * @param object whose
     * @param name of the field, in the object's class or one that this extends
     * @return {@code null} if there is no such field, if it may not be read, or if that is its value
     */
    public static Object get(Object object, String name) {
        Object found = found(object.getClass(), name, false);
        try {
            return found == NONE ? null : ((Field) found).get(object);
        } catch (IllegalAccessException | RuntimeException refused) {
            return null;
        }
    }

    /**
     * Returns what a method without parameters returns.
     *
     * @param object whose
     * @param name of the method
     * @return {@code null} if there is no such method, if it fails, or if it returns that
     */
    public static Object call(Object object, String name) {
        Object found = found(object.getClass(), name, true);
        try {
            return found == NONE ? null : ((Method) found).invoke(object);
        } catch (ReflectiveOperationException | RuntimeException refused) {
            return null;
        }
    }

    private static Object found(Class<?> type, String name, boolean isMethod) {
        ConcurrentMap<String, Object> known = FOUND.get(type);
        String key = isMethod ? name + "()" : name;
        Object found = known.get(key);
        if (found == null) {
            found = find(type, name, isMethod);
            known.put(key, found);
        }
        return found;
    }

    private static Object find(Class<?> type, String name, boolean isMethod) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            try {
                AccessibleObject found = isMethod ? at.getDeclaredMethod(name) : at.getDeclaredField(name);
                found.setAccessible(true);
                return found;
            } catch (NoSuchFieldException | NoSuchMethodException elsewhere) {
                // in a class that this one extends, or nowhere
            } catch (RuntimeException refused) {
                return NONE; // by a module that is not open, or a security manager
            }
        }
        return NONE;
    }

    /**
     * Calls a method: a public one, or else one of the object's class or one that this extends.
     *
     * @param object whose
     * @param name of the method; there is one with so many parameters
     * @param arguments for it
     * @return what it returns
     * @throws ReflectiveOperationException if there is none, or if it fails
     */
    public static Object invoke(Object object, String name, Object... arguments) throws ReflectiveOperationException {
        Method method = named(name, arguments.length, object.getClass().getMethods());
        for (Class<?> type = object.getClass(); method == null && type != null; type = type.getSuperclass()) {
            method = named(name, arguments.length, type.getDeclaredMethods());
        }
        if (method == null) {
            throw new NoSuchMethodException(object.getClass().getName() + "." + name);
        }
        method.setAccessible(true); // of a class that may not be public
        return method.invoke(object, arguments);
    }

    private static Method named(String name, int parameters, Method[] methods) {
        for (Method method : methods) {
            if (method.getName().equals(name) && method.getParameterCount() == parameters && !method.isBridge()) {
                return method;
            }
        }
        return null;
    }
}
