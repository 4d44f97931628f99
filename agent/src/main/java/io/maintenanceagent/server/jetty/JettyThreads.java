package io.maintenanceagent.server.jetty;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerThreads;
import io.maintenanceagent.server.ServerType;
import java.lang.invoke.MethodHandle;

/** How many threads Jetty has for requests. */
final class JettyThreads {

    /** From Jetty's request to its pool: by its connection since Jetty 12, by its channel before. */
    private static final ClassValue<MethodHandle[]> PATHS = new ClassValue<MethodHandle[]>() {
        @Override
        protected MethodHandle[] computeValue(Class<?> type) {
            for (String[] path : new String[][] {
                {"getConnectionMetaData", "getConnector", "getServer", "getThreadPool"},
                {"getHttpChannel", "getServer", "getThreadPool"}
            }) {
                try {
                    return handles(type, path);
                } catch (RuntimeException | ReflectiveOperationException another) {
                    // the other one
                }
            }
            return new MethodHandle[0];
        }
    };

    private JettyThreads() {}

    private static MethodHandle[] handles(Class<?> type, String[] getters) throws ReflectiveOperationException {
        MethodHandle[] handles = new MethodHandle[getters.length];
        Class<?> at = type;
        for (int i = 0; i < getters.length; i++) {
            handles[i] = ServerType.ofSame(at).method(getters[i], methodType(Object.class, Object.class));
            at = at.getMethod(getters[i]).getReturnType();
        }
        return handles;
    }

    /**
     * Returns the number, or {@link ServerThreads#UNKNOWN}.
     *
     * @param request Jetty's own request
     */
    static int of(Object request) {
        Object at = request;
        MethodHandle[] path = PATHS.get(request.getClass());
        for (int i = 0; i < path.length && at != null; i++) {
            at = get(path[i], at);
        }
        return path.length == 0 ? ServerThreads.UNKNOWN : ServerThreads.of(at);
    }
}
