package io.maintenanceagent.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;

/**
 * Loads a package of the agent's beside a library that it was compiled against, and that the agent's own loader does
 * not see, or sees another one of. Everything else comes from the library's loader, and what that does not know, the
 * agent's other classes, from the agent's.
 */
public final class LibraryLoader extends ClassLoader {

    private static final String OWN = "io.maintenanceagent.";

    static {
        registerAsParallelCapable();
    }

    private final String beside;

    private LibraryLoader(ClassLoader library, String beside) {
        super(library);
        this.beside = beside;
    }

    /**
     * Makes an object of a class beside a library, with the rights of the agent.
     *
     * @param library a class of the library
     * @param name the name of a public class of the agent's, with a public constructor without parameters; its package
     *     is loaded there
     * @throws IllegalStateException if it does not fit
     */
    public static Object newInstance(final Class<?> library, final String name) {
        if (System.getSecurityManager() == null) {
            return make(library, name);
        }
        try {
            return AccessController.doPrivileged(new PrivilegedExceptionAction<Object>() {
                @Override
                public Object run() {
                    return make(library, name);
                }
            });
        } catch (PrivilegedActionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object make(Class<?> library, String name) {
        try {
            return new LibraryLoader(library.getClassLoader(), name.substring(0, name.lastIndexOf('.') + 1))
                    .loadClass(name)
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
        if (!name.startsWith(beside)) {
            return Class.forName(name, false, LibraryLoader.class.getClassLoader());
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream in = LibraryLoader.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                read.write(buffer, 0, n);
            }
            return defineClass(name, read.toByteArray(), 0, read.size(), LibraryLoader.class.getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
