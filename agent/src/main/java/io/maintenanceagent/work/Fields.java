package io.maintenanceagent.work;

import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** Reads fields and calls methods of libraries, which may have no public way to what they know. Stateless. */
public final class Fields {

    private Fields() {}

    /**
     * Returns a field's value.
     *
     * @param object whose
     * @param name of the field, in the object's class or one that this extends
     * @return {@code null} if there is no such field, if it may not be read, or if that is its value
     */
    public static Object get(Object object, String name) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                return field.get(object);
            } catch (NoSuchFieldException elsewhere) {
                // in a class that this one extends, or nowhere
            } catch (IllegalAccessException | RuntimeException refused) {
                return null; // by a module that is not open, or a security manager
            }
        }
        return null;
    }

    /**
     * Returns what a public method without parameters returns.
     *
     * @param object whose
     * @param name of the method
     * @return {@code null} if there is no such method, if it fails, or if it returns that
     */
    public static Object call(Object object, String name) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Method method = type.getDeclaredMethod(name);
                method.setAccessible(true);
                return method.invoke(object);
            } catch (NoSuchMethodException elsewhere) {
                // in a class that this one extends, or nowhere
            } catch (ReflectiveOperationException | RuntimeException refused) {
                return null;
            }
        }
        return null;
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
