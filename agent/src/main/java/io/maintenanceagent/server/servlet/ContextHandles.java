package io.maintenanceagent.server.servlet;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;

/** How a {@code ServletContext} of either namespace is asked. Servlet 3.0 and later. Safe for any thread. */
final class ContextHandles {

    private static final ClassValue<ContextHandles> HANDLES = new ClassValue<ContextHandles>() {
        @Override
        protected ContextHandles computeValue(Class<?> type) {
            return new ContextHandles(ServletMethods.of(type, "servlet.ServletContext"));
        }
    };

    private final MethodHandle getContextPath;
    private final MethodHandle getClassLoader;
    private final MethodHandle getResource;

    private ContextHandles(ServletMethods api) {
        getContextPath = api.method("getContextPath", methodType(Object.class, Object.class));
        getClassLoader = api.method("getClassLoader", methodType(Object.class, Object.class));
        getResource = api.method("getResource", methodType(Object.class, Object.class, String.class), String.class);
    }

    static ContextHandles of(Object context) {
        return HANDLES.get(context.getClass());
    }

    String path(Object context) {
        Object path = get(getContextPath, context);
        return path == null || path.equals("/") ? "" : (String) path;
    }

    ClassLoader loader(Object context) {
        return (ClassLoader) get(getClassLoader, context);
    }

    boolean hasResource(Object context, String path) {
        try {
            return (Object) getResource.invokeExact(context, path) != null;
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }
}
