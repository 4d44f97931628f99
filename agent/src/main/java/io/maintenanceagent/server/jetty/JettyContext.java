package io.maintenanceagent.server.jetty;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;

/** How Jetty's applications are asked what they answer themselves, before anything of theirs is called. */
final class JettyContext {

    private static final String HANDLER = "org.eclipse.jetty.server.handler.ContextHandler";
    private static final String REQUEST = "org.eclipse.jetty.server.Request";

    private static final ClassValue<Redirect> REDIRECTS = new ClassValue<Redirect>() {
        @Override
        protected Redirect computeValue(Class<?> handler) {
            return new Redirect(ServerType.of(handler, HANDLER));
        }
    };

    private static final ClassValue<Protection> PROTECTIONS = new ClassValue<Protection>() {
        @Override
        protected Protection computeValue(Class<?> request) {
            return new Protection(ServerType.of(request, REQUEST));
        }
    };

    private JettyContext() {}

    /**
     * Jetty 9 to 11.
     *
     * @param handler of an application
     * @param path the whole path of a request, as Jetty routes by it
     * @param request Jetty's
     * @return whether the request is sent on to the application's root, for the slash that is missing
     */
    static boolean redirects(Object handler, String path, Object request) {
        Redirect handles = REDIRECTS.get(handler.getClass());
        try {
            return path.length() > 1
                    && path.equals((String) handles.getContextPath.invokeExact(handler))
                    && !(boolean) handles.getAllowNullPathInfo.invokeExact(handler)
                    && (boolean) handles.checkVirtualHost.invokeExact(handler, request);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /**
     * Jetty 12.
     *
     * @param request Jetty's, within an application
     * @return whether its path is kept from clients, like {@code WEB-INF}
     */
    static boolean isProtected(Object request) {
        Protection handles = PROTECTIONS.get(request.getClass());
        try {
            return (boolean) handles.isProtectedTarget.invokeExact(
                    (Object) handles.getContextHandler.invokeExact(request),
                    (String) handles.getPathInContext.invokeExact(request));
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private static final class Redirect {
        final MethodHandle getContextPath;
        final MethodHandle getAllowNullPathInfo;
        final MethodHandle checkVirtualHost;

        Redirect(ServerType handler) {
            getContextPath = handler.method("getContextPath", methodType(String.class, Object.class));
            getAllowNullPathInfo = handler.method("getAllowNullPathInfo", methodType(boolean.class, Object.class));
            checkVirtualHost = handler.method(
                    "checkVirtualHost",
                    methodType(boolean.class, Object.class, Object.class),
                    handler.neighbour(REQUEST).type());
        }
    }

    private static final class Protection {
        final MethodHandle getContextHandler;
        final MethodHandle getPathInContext;
        final MethodHandle isProtectedTarget;

        Protection(ServerType request) {
            ServerType handler = request.neighbour(HANDLER);
            getContextHandler =
                    handler.method("getContextHandler", methodType(Object.class, Object.class), request.type());
            getPathInContext =
                    request.method("getPathInContext", methodType(String.class, Object.class), request.type());
            isProtectedTarget = handler.method(
                    "isProtectedTarget", methodType(boolean.class, Object.class, String.class), String.class);
        }
    }
}
