package io.maintenanceagent.server.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Loads the package {@code handler} beside a Netty, which the agent's own loader does not see, or sees another one of.
 * Everything else comes from Netty's loader, and what that does not know, the agent's own classes, from the agent's.
 */
final class NettyLoader extends ClassLoader {

    private static final String BESIDE = "io.maintenanceagent.server.netty.handler.";
    private static final String OWN = "io.maintenanceagent.";

    static {
        registerAsParallelCapable();
    }

    private NettyLoader(ClassLoader netty) {
        super(netty);
    }

    /**
     * @param type a class of Netty
     * @return the handlers for pipelines of this Netty
     * @throws IllegalStateException if they do not fit
     */
    static NettyPipelines pipelinesOf(Class<?> type) {
        try {
            return (NettyPipelines) new NettyLoader(type.getClassLoader())
                    .loadClass(BESIDE + "HandlerInstaller")
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OWN)) {
            return super.loadClass(name, resolve);
        }
        if (!name.startsWith(BESIDE)) {
            return Class.forName(name, false, NettyLoader.class.getClassLoader());
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
        try (InputStream in = NettyLoader.class.getResourceAsStream("handler/" + file)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                read.write(buffer, 0, n);
            }
            return defineClass(name, read.toByteArray(), 0, read.size(), NettyLoader.class.getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
