package io.maintenanceagent.server;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;

/** How many threads a server has for requests. */
public final class ServerThreads {

    /** What it is where it cannot be known. */
    public static final int UNKNOWN = 0;

    /** Of {@code ThreadPoolExecutor}, the JDK's and Tomcat's own; of Jetty's pools and Tomcat's executors. */
    private static final String[] GETTERS = {"getMaximumPoolSize", "getMaxThreads"};

    private static final ClassValue<MethodHandle> MAXIMUM = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            for (String getter : GETTERS) {
                try {
                    return ServerType.ofSame(type).method(getter, methodType(int.class, Object.class));
                } catch (RuntimeException another) {
                    // the next one
                }
            }
            return null;
        }
    };

    private ServerThreads() {}

    /**
     * Returns how many threads a pool has at the most, or {@link #UNKNOWN}.
     *
     * @param pool an executor or thread pool of a server's, or their number, or {@code null}
     */
    public static int of(Object pool) {
        if (pool instanceof Integer) {
            return Math.max(UNKNOWN, (Integer) pool);
        }
        MethodHandle maximum = pool == null ? null : MAXIMUM.get(pool.getClass());
        try {
            return maximum == null ? UNKNOWN : Math.max(UNKNOWN, (int) maximum.invokeExact(pool));
        } catch (Throwable e) {
            return UNKNOWN;
        }
    }
}
