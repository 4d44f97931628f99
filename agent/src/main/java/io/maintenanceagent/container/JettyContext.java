package io.maintenanceagent.container;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.servlet.Unchecked;
import java.lang.invoke.MethodHandle;

/** How the handler of an application on Jetty 9 to 11 is asked. */
final class JettyContext {

    private static final ClassValue<JettyContext> HANDLES = new ClassValue<JettyContext>() {
        @Override
        protected JettyContext computeValue(Class<?> type) {
            return new JettyContext(ContainerType.of(type, "org.eclipse.jetty.server.handler.ContextHandler"));
        }
    };

    private final MethodHandle getContextPath;
    private final MethodHandle getAllowNullPathInfo;
    private final MethodHandle checkVirtualHost;

    private JettyContext(ContainerType context) {
        getContextPath = context.method("getContextPath", methodType(String.class, Object.class));
        getAllowNullPathInfo = context.method("getAllowNullPathInfo", methodType(boolean.class, Object.class));
        checkVirtualHost = context.method(
                "checkVirtualHost",
                methodType(boolean.class, Object.class, Object.class),
                context.neighbour("org.eclipse.jetty.server.Request").type());
    }

    /**
     * @param handler of an application
     * @param path the whole path of a request, as Jetty routes by it
     * @param request Jetty's
     * @return whether the request is sent on to the application's root, for the slash that is missing
     */
    static boolean redirects(Object handler, String path, Object request) {
        JettyContext handles = HANDLES.get(handler.getClass());
        try {
            return path.length() > 1
                    && path.equals((String) handles.getContextPath.invokeExact(handler))
                    && !(boolean) handles.getAllowNullPathInfo.invokeExact(handler)
                    && (boolean) handles.checkVirtualHost.invokeExact(handler, request);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }
}
