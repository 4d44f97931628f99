package io.maintenanceagent.attach;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * A JVM that this one has attached to, by the {@link AttachApi}. Used by reflection, since not every Java has it. For
 * one thread.
 */
final class AttachConnection implements AutoCloseable {

    private final Class<?> api;
    private final Object machine;

    private AttachConnection(Class<?> api, Object machine) {
        this.api = api;
        this.machine = machine;
    }

    /**
     * Attaches to a JVM. The caller closes the connection.
     *
     * @param pid a process id
     * @throws AttachException if this Java has no attach API
     * @throws IOException if the JVM cannot be attached to; the message is the API's
     */
    static AttachConnection attach(long pid) throws AttachException, IOException {
        Class<?> api = AttachApi.virtualMachine();
        return new AttachConnection(api, call(api, null, "attach", new Class<?>[] {String.class}, Long.toString(pid)));
    }

    /** The JVMs that the API finds; for systems other than Linux. */
    static List<Long> pids() throws AttachException, IOException {
        List<Long> pids = new ArrayList<Long>();
        for (Object descriptor : (List<?>) call(AttachApi.virtualMachine(), null, "list", new Class<?>[0])) {
            pids.add(Long.parseLong((String) call(descriptor.getClass(), descriptor, "id", new Class<?>[0])));
        }
        return pids;
    }

    Properties properties() throws IOException {
        return (Properties) call(api, machine, "getSystemProperties", new Class<?>[0]);
    }

    /**
     * Loads the agent, and returns after its {@code agentmain}. An exception is no proof of failure: up to Java 8 a JVM
     * and an API of Java 9 or later do not understand each other's success.
     */
    void load(File jar, String argument) throws IOException {
        call(api, machine, "loadAgent", new Class<?>[] {String.class, String.class}, jar.getPath(), argument);
    }

    @Override
    public void close() throws IOException {
        call(api, machine, "detach", new Class<?>[0]);
    }

    private static Object call(Class<?> type, Object target, String name, Class<?>[] types, Object... arguments)
            throws IOException {
        try {
            return type.getMethod(name, types).invoke(target, arguments);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException) {
                throw (IOException) cause;
            }
            throw new IOException(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        } catch (ReflectiveOperationException e) {
            throw new IOException("no " + name + Arrays.toString(types) + " in " + type, e);
        }
    }
}
