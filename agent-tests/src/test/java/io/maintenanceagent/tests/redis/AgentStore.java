package io.maintenanceagent.tests.redis;

import io.maintenanceagent.tests.harness.Project;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The store as it is in the agent's jar, which is loaded by a class loader of its own. */
public final class AgentStore implements AutoCloseable {

    private final URLClassLoader loader;
    private final Class<?> type;
    private final Closeable store;

    private AgentStore(URLClassLoader loader, String uri) throws ReflectiveOperationException {
        this.loader = loader;
        this.type = loader.loadClass("io.maintenanceagent.api.StateStore");
        URI parsed = URI.create(uri);
        Class<?> stores = loader.loadClass("io.maintenanceagent.store.StateStores");
        this.store = (Closeable) stores.getMethod("open", URI.class)
                .invoke(stores.getConstructor(Iterable.class).newInstance(List.of()), parsed);
    }

    public static AgentStore open(String uri) {
        try {
            return new AgentStore(loader(), uri);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A class loader of the agent's jar and the JDK. */
    static URLClassLoader loader() {
        try {
            return new URLClassLoader(
                    new URL[] {Project.agentJar().toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the key holds, or {@code null}. */
    String read() throws IOException {
        byte[] content = (byte[]) call("read", new Class<?>[0]);
        return content == null ? null : new String(content, StandardCharsets.UTF_8);
    }

    /** Writes as the command line does. */
    public void write(String content) {
        try {
            Class<?>[] types = {byte[].class, byte[].class};
            for (boolean written = false; !written; ) {
                Object held = call("read", new Class<?>[0]);
                byte[] bytes = content == null ? null : content.getBytes(StandardCharsets.UTF_8);
                written = (Boolean) call("compareAndSet", types, held, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reports of the instances that are listed now, by name. */
    public Map<String, String> instances() {
        try {
            Map<String, String> instances = new TreeMap<>();
            Object registry = call("instances", new Class<?>[0]);
            ((Map<?, ?>) invoke(loader.loadClass("io.maintenanceagent.api.InstanceRegistry"), registry, "reports"))
                    .forEach((name, report) ->
                            instances.put((String) name, new String((byte[]) report, StandardCharsets.UTF_8)));
            return instances;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            store.close();
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object call(String method, Class<?>[] types, Object... arguments) throws IOException {
        return invoke(type, store, method, types, arguments);
    }

    private static Object invoke(Class<?> type, Object target, String method) throws IOException {
        return invoke(type, target, method, new Class<?>[0]);
    }

    private static Object invoke(Class<?> type, Object target, String method, Class<?>[] types, Object... arguments)
            throws IOException {
        try {
            return type.getMethod(method, types).invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
